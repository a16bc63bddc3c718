import type { CallState } from '../../shared/callState';
import type { CallFailure } from '../../shared/failure';

/** Most steps of a call that are kept: a bad line makes any number of them. */
const STEPS_MAX = 40;

/** What became of the last call, step by step: its phases, cuts of its line, and why it ended. No person, no room. */
export class LastCall {
  readonly #now: () => number;
  #before: CallState['phase'] = 'idle';
  #step = '';
  #startedAt = 0;
  #what = '';
  #deployment = '';
  #room: string | undefined;
  #steps: string[] = [];
  #failure: CallFailure | undefined;

  /** @param now ms since the Unix epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Takes every state of the call. */
  follow(call: CallState): void {
    if (call.phase === 'requesting' && this.#before !== 'requesting') this.#begin(call);
    this.#before = call.phase;
    if ('room' in call) {
      this.#room = call.room.name;
      this.#deployment = new URL(call.room.deployment).host;
    }
    if (call.phase === 'failed') this.#failure = call.failure;
    const step = stepOf(call);
    if (step === this.#step || this.#what === '') return;
    this.#step = step;
    this.#steps.push(`${((this.#now() - this.#startedAt) / 1000).toFixed(1)} s ${step}`);
    if (this.#steps.length > STEPS_MAX) this.#steps.shift();
  }

  /** A line for each thing that is known. */
  get lines(): readonly string[] {
    if (this.#what === '') return ['none since Parley was started'];
    return [
      `started: ${new Date(this.#startedAt).toISOString()}, ${this.#what}`,
      ...(this.#deployment === '' ? [] : [`deployment: ${this.#deployment}`]),
      `steps: ${this.#steps.join(', ')}`,
      ...(this.#failure === undefined ? [] : [`failure: ${this.#shown(this.#failure)}`]),
    ];
  }

  #begin({ intent }: CallState & { phase: 'requesting' }): void {
    const { target, media, free } = intent;
    this.#startedAt = this.#now();
    this.#what = `${media}, ${free ? 'free public Jitsi' : 'by a lobby'}, target: ${target.kind}`;
    this.#deployment = '';
    this.#room = 'room' in target ? target.room : undefined;
    this.#steps = [];
    this.#step = '';
    this.#failure = undefined;
  }

  #shown(failure: CallFailure): string {
    // Who did it is nobody's business but theirs.
    const said = JSON.stringify({ ...failure, by: undefined });
    return this.#room === undefined ? said : said.replaceAll(this.#room, '<room>');
  }
}

function stepOf(call: CallState): string {
  if (call.phase !== 'joined') return call.phase;
  const { connection, hung, microphoneFault } = call;
  return [
    call.phase,
    ...(connection.state === 'rejoining' ? [`rejoining because of ${connection.because.code}`] : []),
    ...(connection.state === 'lost' ? ['line lost'] : []),
    ...(hung ? ['page hung'] : []),
    ...(microphoneFault === undefined ? [] : [`microphone ${microphoneFault}`]),
  ].join(', ');
}
