/** The microphone's button against a page that says anything, at any rate, in any order: what is shown is what was. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ANSWER_TIMEOUT_MS, BRISK_MS, CALM_MS, DeviceTruth } from '../../../../main/call/deviceTruth';
import type { DeviceState } from '../../../../shared/callState';
import { MESSAGE_MAX, SCOPE } from '../../../../shared/jitsi/limits';
import { OPENING_MS } from './playedPage';
import { RunningSession } from './runningSession';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const STEP_MS = 50;

const text = (params: unknown) => JSON.stringify({ postis: true, scope: SCOPE, method: 'message', params });
/** Events that speak of devices and people, none of which ends a call. */
const noise = fc.oneof(
  fc
    .record({
      name: fc.constantFrom(
        'audio-mute-status-changed',
        'audio-availability-changed',
        'video-mute-status-changed',
        'mic-error',
        'camera-error',
        'participant-joined',
        'video-conference-joined',
        'raise-hand-updated',
      ),
      muted: fc.oneof(fc.boolean(), fc.jsonValue()),
      available: fc.boolean(),
      id: fc.oneof(fc.string(), fc.integer(), fc.constantFrom('me', '__proto__')),
      type: fc.string(),
      displayName: fc.jsonValue(),
    })
    .map((data) => text({ type: 'event', data })),
  fc
    .record({ id: fc.oneof(fc.uuid(), fc.string()), result: fc.jsonValue() })
    .map((answer) => text({ type: 'response', ...answer })),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.constant('x'.repeat(MESSAGE_MAX + 1)),
);

type Step =
  | { what: 'pass'; steps: number }
  | { what: 'say'; texts: string[] }
  | { what: 'change'; muted: boolean }
  | { what: 'click'; on: boolean }
  | { what: 'answers' | 'follows'; yes: boolean };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('pass' as const), steps: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('say' as const), texts: fc.array(noise, { maxLength: 40 }) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('change' as const), muted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('click' as const), on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constantFrom('answers' as const, 'follows' as const),
      yes: fc.boolean(),
    }),
  },
);

const fallsSilent: Step[] = [
  { what: 'pass', steps: 10 },
  { what: 'answers', yes: false },
  { what: 'pass', steps: 120 },
];

const switches: Step[] = [
  { what: 'pass', steps: 10 },
  { what: 'change', muted: true },
  { what: 'pass', steps: 10 },
  { what: 'change', muted: false },
  { what: 'pass', steps: 10 },
];

it('what is shown has been so a second ago at most, and is unknown soon after the page has fallen silent', async () => {
  const shown = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const run = new RunningSession();
      run.page.join();
      /** How long the page has been otherwise than shown, and how long it has not answered, in ms. */
      let wrong = 0;
      let silent = 0;
      const pass = async () => {
        await vi.advanceTimersByTimeAsync(STEP_MS);
        const truth = run.page.isOpen('audio') ? 'on' : 'off';
        const now = run.shown('microphone');
        shown.add(now);
        expect(['on', 'off', 'unknown']).toContain(now);
        silent = run.page.answers ? 0 : silent + STEP_MS;
        wrong = now === truth || now === 'unknown' ? 0 : wrong + STEP_MS;
        if (silent === 0) expect(wrong).toBeLessThanOrEqual(silentBound(CALM_MS));
        if (silent > silentBound(ANSWER_TIMEOUT_MS + CALM_MS)) expect(now).toBe('unknown');
      };
      for (const next of steps) {
        if (next.what === 'pass') for (let count = 0; count < next.steps; count += 1) await pass();
        else if (next.what === 'say') for (const said of next.texts) run.page.hear(said);
        else if (next.what === 'change') run.page.change('audio', next.muted);
        else if (next.what === 'click') run.session.setDevice('microphone', next.on);
        else {
          run.page[next.what] = next.yes;
          if (next.what === 'answers' && next.yes)
            for (let count = 0; count < 30; count += 1) await passUnjudged();
        }
      }
      run.session.abandon();

      async function passUnjudged(): Promise<void> {
        await vi.advanceTimersByTimeAsync(STEP_MS);
        wrong = 0;
      }
    }),
    { numRuns: 150, endOnFailure: true, examples: [[fallsSilent], [switches]] },
  );
  expect([...shown].sort()).toEqual(['off', 'on', 'unknown']);
});

/** A bound in steps, with what a device takes to open. */
function silentBound(ms: number): number {
  return ms + OPENING_MS + 2 * STEP_MS;
}

it('late, lost and swapped answers show nothing older than the patience, and count no more once they are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ delay: fc.nat(8_000), lost: fc.boolean(), opens: fc.boolean() }), {
        minLength: 20,
        maxLength: 200,
      }),
      (answers) => {
        let now = 0;
        const page = { muted: true };
        const toolbar: { shows: DeviceState } = { shows: 'unknown' };
        let shownAt = 0;
        /** When the page was muted, and when it was not, the last time. */
        const last = { on: -Infinity, off: 0 };
        const due: { at: number; askedAt: number; id: string; result: boolean }[] = [];
        let count = 0;
        const truth = new DeviceTruth({
          now: () => now,
          onState: (device, found) => {
            if (device !== 'microphone') return;
            toolbar.shows = found;
            shownAt = now;
          },
          post: (posted) => {
            const { params } = JSON.parse(posted) as { params: { id: string } };
            const plan = answers[count % answers.length];
            count += 1;
            if (plan === undefined || plan.lost) return;
            if (plan.opens) page.muted = !page.muted;
            last[page.muted ? 'off' : 'on'] = now;
            due.push({ at: now + plan.delay, askedAt: now, id: params.id, result: page.muted });
          },
        });
        truth.ask();
        for (; now < 30_000; now += BRISK_MS) {
          last[page.muted ? 'off' : 'on'] = now;
          for (const answer of due.filter(({ at }) => at <= now)) {
            due.splice(due.indexOf(answer), 1);
            const counted = truth.answer(answer.id, answer.result);
            if (now - answer.askedAt > ANSWER_TIMEOUT_MS) expect(counted).toBe(false);
          }
          const { shows } = toolbar;
          if (shows !== 'unknown') {
            expect(now - last[shows]).toBeLessThanOrEqual(2 * ANSWER_TIMEOUT_MS + CALM_MS + 2 * BRISK_MS);
            expect(now - shownAt).toBeLessThanOrEqual(ANSWER_TIMEOUT_MS + CALM_MS + 2 * BRISK_MS);
          }
          vi.advanceTimersByTime(BRISK_MS);
        }
        truth.stop();
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});
