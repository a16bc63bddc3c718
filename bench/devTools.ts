/** The part of the DevTools protocol that a benchmark needs, and no more: what is switched on would weigh on the app. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

interface Message {
  id?: number;
  /** Of an event: here, of a target or of a page's execution context that has come to be. */
  params?: {
    targetInfo?: { targetId: string; type: string };
    context?: { uniqueId: string; origin: string };
  };
  result?: unknown;
  error?: { message: string };
}

type Event = NonNullable<Message['params']>;

interface Evaluated {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

export class DevTools {
  readonly #socket: WebSocket;
  readonly #pending = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();
  readonly #watchers = new Set<(event: Event) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as Message));
    socket.on('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('the app closed the connection'));
    });
  }

  /** Connects to an app that listens at `url`, the address of its browser target. */
  static async connect(url: string): Promise<DevTools> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new DevTools(socket);
  }

  /** Attaches to the app's page, once it shows something of `origin`. */
  async attach(origin: string): Promise<PageTools> {
    const page = this.#first(({ targetInfo }) =>
      targetInfo?.type === 'page' ? targetInfo.targetId : undefined,
    );
    await this.send('Target.setDiscoverTargets', { discover: true });
    const attaching = this.send('Target.attachToTarget', { targetId: await page, flatten: true });
    const { sessionId } = (await attaching) as { sessionId: string };
    const shown = this.#first(({ context }) => (context?.origin === origin ? context.uniqueId : undefined));
    await this.send('Runtime.enable', {}, sessionId);
    return new PageTools(this, sessionId, await shown);
  }

  send(method: string, params: object, sessionId?: string): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return answer;
  }

  /** Lets go of everything it is attached to. */
  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  /** What `pick` finds in the first event in which it finds something. */
  #first(pick: (event: Event) => string | undefined): Promise<string> {
    return new Promise((resolve) => {
      const watch = (event: Event) => {
        const picked = pick(event);
        if (picked === undefined) return;
        this.#watchers.delete(watch);
        resolve(picked);
      };
      this.#watchers.add(watch);
    });
  }

  #take({ id, params, result, error }: Message): void {
    if (params !== undefined) for (const watch of this.#watchers) watch(params);
    if (id === undefined) return;
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new Error(error.message));
  }
}

export class PageTools {
  readonly #tools: DevTools;
  readonly #sessionId: string;
  readonly #uniqueContextId: string;

  constructor(tools: DevTools, sessionId: string, uniqueContextId: string) {
    this.#tools = tools;
    this.#sessionId = sessionId;
    this.#uniqueContextId = uniqueContextId;
  }

  /** Runs a function in the page, which sees nothing of the caller's, and gives what it comes to. */
  async evaluate<Value>(inPage: () => Value | Promise<Value>): Promise<Value> {
    const params = {
      expression: `(${inPage.toString()})()`,
      uniqueContextId: this.#uniqueContextId,
      awaitPromise: true,
      returnByValue: true,
    };
    const answer = await this.#tools.send('Runtime.evaluate', params, this.#sessionId);
    const { result, exceptionDetails } = answer as Evaluated;
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Value;
  }
}
