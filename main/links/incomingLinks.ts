/** What becomes of a link that has opened Parley: the user is asked, and only their answer starts a call. */
import { type CallIntent, type CallState, canStart } from '../../shared/callState';
import { type DeepLink, parseDeepLink } from '../../shared/deepLink';
import type { LinkMatter, LinkQuestion } from '../../shared/ipc/snapshot';
import type { JoinTarget } from '../../shared/joinTarget';
import type { Media } from '../../shared/lobbyApi';
import { log } from '../log';

export interface IncomingLinksParts {
  calls: { readonly state: CallState; start: (intent: CallIntent) => Promise<void>; leave: () => void };
  settings: () => { lobbies: readonly string[]; freeMode: boolean };
  /** There is another question, or none any more. */
  onChange: () => void;
  /** The user is to look: a link has come. */
  onAsk: () => void;
}

/** A question, and what a yes to it joins. */
interface Asked {
  matter: LinkMatter;
  target: JoinTarget | undefined;
}

export class IncomingLinks {
  readonly #parts: IncomingLinksParts;
  #asked: Asked | undefined;
  /** Of the newest link. */
  #id = 0;
  /** What starts as soon as the call before it is over. */
  #next: CallIntent | undefined;

  constructor(parts: IncomingLinksParts) {
    this.#parts = parts;
  }

  get question(): LinkQuestion | undefined {
    return this.#asked === undefined ? undefined : { ...this.#asked.matter, id: this.#id };
  }

  /** Takes a link as it came in. The newest one is asked about. */
  take(text: string): void {
    const parsed = parseDeepLink(text);
    log.info('link.came', parsed.ok ? { kind: parsed.link.kind } : { refused: parsed.fault });
    this.#id += 1;
    this.#asked = parsed.ok
      ? this.#ask(parsed.link)
      : { matter: { kind: 'refused', fault: parsed.fault, host: '' }, target: undefined };
    this.#parts.onAsk();
    this.#parts.onChange();
  }

  /**
   * The user has said yes to the link of this id. A call that is under way is left first. Had another link come under the
   * user's click, that one is asked about instead.
   */
  accept(id: number, media: Media): void {
    const target = this.#asked?.target;
    if (target === undefined || id !== this.#id) return;
    const { calls, settings } = this.#parts;
    this.#asked = undefined;
    this.#next = { target, media, free: target.kind === 'new' && settings().freeMode };
    if (!canStart(calls.state)) calls.leave();
    this.#parts.onChange();
    this.callChanged();
  }

  /** The user has said no. */
  dismiss(): void {
    this.#asked = undefined;
    this.#parts.onChange();
  }

  /** Call it whenever the call's state has changed. */
  callChanged(): void {
    const intent = this.#next;
    if (intent === undefined || !canStart(this.#parts.calls.state)) return;
    this.#next = undefined;
    void this.#parts.calls.start(intent);
  }

  #ask(link: DeepLink): Asked {
    if (link.kind === 'call') return { matter: { kind: 'call' }, target: { kind: 'new' } };
    const { host } = new URL(link.lobby);
    const own = this.#parts.settings().lobbies.includes(link.lobby);
    if (link.kind === 'invite') {
      const { lobby, invite, room } = link;
      return { matter: { kind: 'join', host, room, own }, target: { kind: 'invite', lobby, invite, room } };
    }
    // Without an invite the lobby would have to know the user: only one of their own does.
    if (!own) return { matter: { kind: 'refused', fault: 'foreign-lobby', host }, target: undefined };
    const { lobby, room } = link;
    return { matter: { kind: 'join', host, room, own }, target: { kind: 'lobby-room', lobby, room } };
  }
}
