// @ts-check

/** @typedef {import('./postis.js').Postis} Postis */
/** @typedef {import('../wire').FromDeployment} FromDeployment */

/** The page's chat panel, as far as its embedder hears of it (`recordings/one-to-one-call.jsonl`). */
export class Chat {
  #unread = 0;
  #open = false;

  /** @param {Postis} postis */
  constructor(postis) {
    this.postis = postis;
  }

  /** Opening it is told twice, closing it once, as recorded. */
  toggle() {
    this.#open = !this.#open;
    if (this.#open) {
      this.#unread = 0;
      this.#sayState();
    }
    this.#sayState();
  }

  /** @param {FromDeployment & { type: 'chat' }} chat @param {boolean} own */
  take({ from, nick, message }, own) {
    if (own) {
      this.postis.event('outgoing-message', { message, privateMessage: false });
      return this.#sayState();
    }
    if (!this.#open) this.#unread += 1;
    this.#sayState();
    if (!this.#open) this.postis.event('notification-triggered', { title: 'notify.chatMessages' });
    this.postis.event('incoming-message', { from, message, nick, privateMessage: false, stamp: null });
  }

  #sayState() {
    this.postis.event('chat-updated', { unreadCount: this.#unread, isOpen: this.#open });
  }
}
