import { type Comparable, isPlayed, NOT_CARRIED_OUT, permissions } from './comparable';
import { encodeRequest } from '../../../../shared/jitsi/codec';
import { nameOf, type Entry } from './entry';
import type { Recorder } from './recorder';

const LAST_QUESTION = 'last-question';

/** One thing that the host did in a recording, and all that its clients saw until the next. */
export interface Step {
  what: string;
  entry: Entry;
  seen: Entry[];
}

/** What a client heard in a step, and what its host was asked for: as recorded, and as the stand-in has it. */
export interface Comparison {
  step: string;
  who: string;
  recorded: { heard: unknown[]; permissions: string[] };
  played: { heard: unknown[]; permissions: string[] };
}

/** Cuts a recording into its steps: each `load`, each `sent`, and each of the host's notes begins one. */
export function stepsOf(recording: readonly Entry[]): Step[] {
  const steps: Step[] = [];
  for (const entry of recording) {
    const what = actionOf(entry);
    if (what !== undefined) steps.push({ what, entry, seen: [] });
    else steps.at(-1)?.seen.push(entry);
  }
  return steps;
}

function actionOf(entry: Entry): string | undefined {
  if (entry.load !== undefined) return `${entry.who} loads`;
  if (entry.note !== undefined) return `${entry.who}: ${entry.note}`;
  return entry.dir === 'sent' ? `${entry.who} sends ${nameOf(entry) ?? ''}` : undefined;
}

/** The steps that the stand-in can be asked to live through. */
export function isCarriedOut({ entry }: Step): boolean {
  return entry.dir !== 'sent' || !Object.hasOwn(NOT_CARRIED_OUT, nameOf(entry) ?? '');
}

/**
 * Replays steps, one by one: does what the host did, waits until every client has heard as much as in the recording,
 * and puts both side by side. What comes too much shows in the next step, or in `rest`.
 */
export class Replay {
  readonly comparisons: Comparison[] = [];
  readonly #recorder: Recorder;
  readonly #recorded: Comparable;
  readonly #played: Comparable;
  #from = 0;

  constructor(recorder: Recorder, recorded: Comparable, played: Comparable) {
    this.#recorder = recorder;
    this.#recorded = recorded;
    this.#played = played;
    this.#from = recorder.entries.length;
  }

  async step({ what, seen }: Step, act: () => Promise<unknown>): Promise<void> {
    const clients = [...new Set(seen.map(({ who }) => who))];
    await act();
    const heardAll = await this.#recorder.until((all) =>
      clients.every((who) => {
        const wanted = seen.filter(of(who));
        const got = all.slice(this.#from).filter(of(who));
        return (
          got.filter(isPlayed).length >= wanted.filter(isPlayed).length &&
          permissions(got).length >= permissions(wanted).length
        );
      }),
    );
    const got = this.#take();
    for (const who of new Set([...clients, ...got.map((entry) => entry.who)])) {
      const [recorded, played] = [seen.filter(of(who)), got.filter(of(who))];
      this.comparisons.push({
        step: what,
        who,
        recorded: { heard: this.#recorded.heard(recorded), permissions: permissions(recorded) },
        played: { heard: this.#played.heard(played), permissions: permissions(played) },
      });
    }
    if (!heardAll)
      throw new Error(
        `${what}: not all was heard.\n${JSON.stringify(this.comparisons.slice(-clients.length), null, 1)}`,
      );
  }

  /**
   * What was heard after the last step, and so should not have been. Each page that still stands is asked one question
   * more: what it had to say before that has arrived with the answer.
   */
  async rest(standing: readonly string[]): Promise<unknown[]> {
    const text = encodeRequest({ name: 'is-video-muted' }, LAST_QUESTION);
    for (const who of standing) await this.#recorder.call('post', who, text);
    const isLast = ({ msg }: Entry) => (msg?.params as { id?: unknown } | undefined)?.id === LAST_QUESTION;
    const answered = await this.#recorder.until(
      // The question's own echo, and its answer.
      (all) => all.filter(isLast).length >= 2 * standing.length,
    );
    if (!answered) throw new Error('A page that still stands did not answer the last question.');
    const rest = this.#take().filter((entry) => !isLast(entry));
    this.#recorder.entries.length = 0;
    this.#from = 0;
    return this.#played.heard(rest);
  }

  #take(): Entry[] {
    const got = this.#recorder.entries.slice(this.#from);
    this.#from = this.#recorder.entries.length;
    return got;
  }
}

const of =
  (name: string) =>
  ({ who }: Entry): boolean =>
    who === name;
