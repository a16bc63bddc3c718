// @ts-check

/** @typedef {import('../wire').FromDeployment} FromDeployment */
/** @typedef {import('../wire').FromPage} FromPage */

/** How long the page waits before each try to get a cut socket back, in milliseconds; the last one goes on. */
const BACKOFF = [250, 500, 1000];

/**
 * The page's socket, at the address where a Jitsi deployment has its XMPP. A cut one is taken up again without a word
 * to the embedder (`recordings/refusals-and-cuts.jsonl`, `cut`).
 */
export class Signalling {
  #tries = 0;
  #closed = false;
  /** @type {WebSocket | undefined} */
  #socket;

  /**
   * @param {string} room
   * @param {() => FromPage & { type: 'login' }} login what to log in with, now
   * @param {(message: FromDeployment) => void} onMessage
   */
  constructor(room, login, onMessage) {
    this.room = room;
    this.login = login;
    this.onMessage = onMessage;
    this.#open();
  }

  /** @param {FromPage} message */
  send(message) {
    if (this.open) this.#socket?.send(JSON.stringify(message));
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Says no more and asks for nothing any more. */
  close() {
    this.#closed = true;
    this.#socket?.close();
  }

  #open() {
    const address = new URL('xmpp-websocket', location.href.replace(/^http/, 'ws'));
    address.hash = '';
    address.search = new URLSearchParams({ room: this.room }).toString();
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => this.send(this.login());
    socket.onmessage = ({ data }) => {
      this.#tries = 0;
      this.onMessage(JSON.parse(data));
    };
    socket.onclose = () => {
      if (this.#closed) return;
      const wait = BACKOFF[Math.min(this.#tries++, BACKOFF.length - 1)];
      setTimeout(() => this.#closed || this.#open(), wait);
    };
  }
}
