/**
 * Holds the stand-in deployment against the recordings of the real Jitsi Meet web client: what each client hears, in
 * which order, with which fields and values. What differs from run to run (ids, times, devices, host) is compared by
 * kind. What the stand-in does not play stands in `comparable.ts`, each name with its reason.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { meetingUrl } from '../../shared/jitsi/meetingUrl';
import { RoomName } from '../../shared/roomName';
import { startDeployment, type JitsiDeployment } from '../support/jitsi/deployment';
import { Comparable, NOT_CARRIED_OUT, NOT_PLAYED } from '../support/jitsi/recorder/comparable';
import { nameOf, readRecording, type Entry } from '../support/jitsi/recorder/entry';
import { startRecorder, type Recorder } from '../support/jitsi/recorder/recorder';
import { isCarriedOut, Replay, stepsOf, type Step } from '../support/jitsi/recorder/replay';
import { startAsapServer, TokenIssuer, type AsapServer } from '../support/jitsi/tokenIssuer';

const CALL = readRecording('one-to-one-call.jsonl');
const REFUSALS = readRecording('refusals-and-cuts.jsonl');
const RECORDED_DOMAIN = 'meet.example.com';

const issuer = new TokenIssuer();
let clockAhead = 0;
let asap: AsapServer;
let deployment: JitsiDeployment;
let recorder: Recorder;
let opened: string[] = [];

beforeAll(async () => {
  asap = await startAsapServer([issuer]);
  deployment = await startDeployment({ asapKeyServer: asap.url, now: () => Date.now() + clockAhead });
  recorder = await startRecorder();
});

afterEach(async () => {
  deployment.restore();
  await Promise.all(opened.map((who) => recorder.call('close', who)));
  opened = [];
});

afterAll(async () => {
  await recorder.stop();
  await deployment.stop();
  await asap.stop();
});

const roomsOf = (recording: readonly Entry[]) =>
  recording.flatMap(({ load }) => (load === undefined ? [] : new URL(load).pathname.slice(1)));

/** Opens a client with the address that the recorded one was opened with, but for host and token. */
function load({ who, load = '' }: Entry, token: string | undefined) {
  const room = RoomName.parse(new URL(load).pathname.slice(1));
  opened.push(who);
  return recorder.call(
    'open',
    who,
    meetingUrl({ deployment: deployment.url, room, ...(token && { token }) }),
  );
}

const post = (who: string, msg: unknown) => recorder.call('post', who, JSON.stringify(msg));

const comparables = (recording: readonly Entry[]) =>
  [
    new Comparable(roomsOf(recording), RECORDED_DOMAIN),
    new Comparable(roomsOf(recording), '127.0.0.1'),
  ] as const;

test('a call of two says what the real page said, step by step', async () => {
  const [room = ''] = roomsOf(CALL);
  const tokens: Record<string, string> = {
    A: issuer.token(room),
    B: issuer.token(room, { claims: { context: { user: { name: 'Bob' } } } }),
  };
  const replay = new Replay(recorder, ...comparables(CALL));
  for (const step of stepsOf(CALL).filter(isCarriedOut)) {
    await replay.step(step, async () => {
      const { who, msg, load: address } = step.entry;
      if (address !== undefined) return load(step.entry, tokens[who]);
      if (nameOf(step.entry) !== 'kick-participant') await post(who, msg);
      else {
        const id = deployment
          .rooms()
          .get(room)
          ?.find(({ role }) => role === 'participant')?.id;
        await post(who, withData(msg, [id]));
      }
      // The recorder left both pages at the end; A's own way there is to hang up.
      if (nameOf(step.entry) === 'video-hangup') await recorder.call('navigate', 'B', 'about:blank');
    });
  }
  expect(await replay.rest([])).toEqual([]);
  compare(replay);
});

test('refusals say what the real page said', async () => {
  const tokens: Record<string, string | undefined> = {
    expired: issuer.token('f-one', { claims: { exp: Math.floor(Date.now() / 1000) - 63 } }),
    wrongroom: issuer.token('another-room'),
    notoken: undefined,
    badsig: issuer.token('f-four', { signed: (input) => new TokenIssuer().sign(input) }),
  };
  const recording = REFUSALS.filter(({ who }) => Object.hasOwn(tokens, who));
  const replay = new Replay(recorder, ...comparables(recording));
  for (const step of stepsOf(recording)) {
    await replay.step(step, () => load(step.entry, tokens[step.entry.who]));
  }
  expect(await replay.rest(Object.keys(tokens))).toEqual([]);
  compare(replay);
});

test('a cut that heals says nothing, and the microphone stays open', async () => {
  const recording = REFUSALS.filter(({ who }) => who === 'cut');
  const room = 'f-five';
  const replay = new Replay(recorder, ...comparables(recording));
  for (const step of stepsOf(recording)) {
    await replay.step(step, async () => {
      const { note, msg, load: address } = step.entry;
      if (address !== undefined) return load(step.entry, issuer.token(room));
      if (msg) return post('cut', msg);
      if (note === 'proxy killed') {
        deployment.fail('drop');
        return deployment.waitFor(room, ([ana]) => ana?.connected === false);
      }
      deployment.restore();
      return deployment.waitFor(room, ([ana]) => ana?.connected === true);
    });
  }
  await deployment.waitFor(room, ([ana]) => ana?.displayName === 'Ana' && !ana.audioMuted);
  expect(await replay.rest(['cut'])).toEqual([]);
  compare(replay);
});

test('a cut after the end of the token is told once, and the page goes on looking alive', async () => {
  const recording = REFUSALS.filter(({ who }) => who === 'cutexp');
  const room = 'f-six';
  const replay = new Replay(recorder, ...comparables(recording));
  for (const step of stepsOf(recording)) {
    await replay.step(step, async () => {
      const { note, load: address } = step.entry;
      if (address !== undefined) return load(step.entry, issuer.token(room));
      if (note !== 'expired; prosody restarted') return;
      clockAhead = 610_000;
      deployment.next('drop');
    });
  }
  clockAhead = 0;
  expect(await replay.rest(['cutexp'])).toEqual([]);
  compare(replay);
  expect(await recorder.call('address', 'cutexp')).toBe(`${deployment.url}/${room}`);
});

test('every name left out is in a recording, and every client of the recordings is replayed', () => {
  const names = new Set([...CALL, ...REFUSALS].map(nameOf));
  expect([...Object.keys(NOT_PLAYED), ...Object.keys(NOT_CARRIED_OUT)].filter((n) => !names.has(n))).toEqual(
    [],
  );
  const clients = new Set([...CALL, ...REFUSALS].map(({ who }) => who));
  expect([...clients].sort()).toEqual(
    ['A', 'B', 'badsig', 'cut', 'cutexp', 'expired', 'notoken', 'wrongroom'].sort(),
  );
});

function compare(replay: Replay): void {
  expect(replay.comparisons.length).toBeGreaterThan(0);
  for (const { step, who, recorded, played } of replay.comparisons) {
    expect.soft(played, `${step}: what ${who} saw`).toEqual(recorded);
  }
}

function withData(msg: Step['entry']['msg'], data: unknown[]): unknown {
  const name = (msg?.params as { data: { name: string } }).data.name;
  return { ...msg, params: { type: 'event', data: { name, data } } };
}
