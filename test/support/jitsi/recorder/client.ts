import type { Entry } from './entry';
import type { Recorder } from './recorder';

/** An event of the page, or its answer to one of our questions. */
export interface Said {
  name?: string;
  [field: string]: unknown;
}

/** One page in the recorder, spoken to as Parley speaks to it. */
export class Client {
  readonly who: string;
  readonly #recorder: Recorder;
  readonly #scope: string;
  #questions = 0;

  /** @param who a name of its own: each client is a user of its own. */
  constructor(recorder: Recorder, who: string, externalApiId = 7) {
    this.#recorder = recorder;
    this.who = who;
    this.#scope = `jitsi_meet_external_api_${externalApiId}`;
  }

  open(url: string): Promise<void> {
    return this.#recorder.call('open', this.who, url);
  }

  close(): Promise<void> {
    return this.#recorder.call('close', this.who);
  }

  press(label: string): Promise<void> {
    return this.#recorder.call('press', this.who, label);
  }

  command(name: string, ...data: unknown[]): Promise<void> {
    return this.#post({ type: 'event', data: { name, data } });
  }

  /** The page's answer. All that it had to say before has been heard by then. */
  async ask(question: string): Promise<unknown> {
    const id = `${this.who}-${++this.#questions}`;
    await this.#post({ type: 'request', id, data: { name: question } });
    const answer = await this.#first(({ type, id: answered }) => type === 'response' && answered === id);
    return answer['result'];
  }

  /** The first event of that name since it was last forgotten. */
  async says(name: string): Promise<Said> {
    const { data } = await this.#first(({ type, data: said }) => type === 'event' && said?.name === name);
    return data ?? {};
  }

  /** All events so far, our own commands' echoes among them. */
  said(): Said[] {
    return this.#params().flatMap(({ type, data }) => (type === 'event' && data ? [data] : []));
  }

  /** Forgets what was said: `said` begins anew. */
  forget(): void {
    const others = this.#recorder.entries.filter(({ who }) => who !== this.who);
    this.#recorder.entries.splice(0, Infinity, ...others);
  }

  entries(): Entry[] {
    return this.#recorder.entries.filter(({ who }) => who === this.who);
  }

  #params(): Params[] {
    return this.entries().flatMap(({ dir, msg }) =>
      dir === 'seen' && msg?.method === 'message' ? [msg.params as Params] : [],
    );
  }

  async #first(isIt: (params: Params) => boolean): Promise<Params> {
    await this.#recorder.until(() => this.#params().some(isIt));
    const params = this.#params().find(isIt);
    if (!params) throw new Error(`${this.who} did not say it. Said: ${JSON.stringify(this.said())}`);
    return params;
  }

  #post(params: unknown): Promise<void> {
    const envelope = { postis: true, scope: this.#scope, method: 'message', params };
    return this.#recorder.call('post', this.who, JSON.stringify(envelope));
  }
}

interface Params {
  type: string;
  id?: unknown;
  result?: unknown;
  data?: Said;
}
