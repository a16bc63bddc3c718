import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { FromDeployment, FromPage } from './wire';

/**
 * Somebody in a room of the stand-in without a page: speaks the page's socket and holds no devices. For tests of the
 * deployment itself, and for company in a call.
 */
export class Guest {
  readonly heard: FromDeployment[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  constructor(deploymentUrl: string, room: string) {
    const address = new URL('/xmpp-websocket', deploymentUrl.replace(/^http/, 'ws'));
    address.searchParams.set('room', room);
    this.#socket = new WebSocket(address);
    this.#socket.on('message', (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString('utf8')) as FromDeployment);
      for (const look of this.#waiting) look();
    });
  }

  /** Comes in: login, then the door. Resolves with the occupant's id. */
  async join(login: { token?: string; displayName?: string }): Promise<string> {
    await this.login(login);
    const { id } = await this.hears('logged-in');
    this.say({ type: 'enter' });
    await this.hears('entered');
    return id;
  }

  async login(login: { token?: string; displayName?: string; resume?: string }): Promise<void> {
    if (this.#socket.readyState === WebSocket.CONNECTING) await once(this.#socket, 'open');
    this.say({ type: 'login', ...login });
  }

  say(message: FromPage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The first message of that type, heard already or still to come. */
  hears<Type extends FromDeployment['type']>(type: Type): Promise<FromDeployment & { type: Type }> {
    const isIt = (message: FromDeployment): message is FromDeployment & { type: Type } =>
      message.type === type;
    return new Promise((resolve) => {
      const look = () => {
        const message = this.heard.find(isIt);
        if (!message) return;
        this.#waiting.delete(look);
        resolve(message);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Resolves when the socket is gone. */
  async gone(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.CLOSED) await once(this.#socket, 'close');
  }

  leave(): void {
    this.#socket.close();
  }
}
