/** The way from an opened page into its room: how long it may take, and what it waits for on the way. */
import { encodeCommand } from '../../shared/jitsi/codec';
import type { Waiting } from '../../shared/meeting';

/** Longest wait from opening the page to being in the room, in ms. It ends where the page waits for a person. */
export const JOIN_TIMEOUT_MS = 45_000;

/** What the page asks a person in a dialog of its own, which needs the keyboard. Some ask before they knock. */
const ASKED_BY_PAGE: ReadonlySet<Waiting> = new Set(['login', 'host', 'name', 'admission']);

export interface DoorParts {
  post: (text: string) => void;
  /** The room's password, where the user has entered it before. */
  password: string | undefined;
  /** The page waits for a person; `undefined`: not any more. */
  onWaiting: (waiting: Waiting | undefined) => void;
  /** The page itself asks the user. */
  onAsked: () => void;
  /** The page waits for nobody, and yet does not enter the room. */
  onTimeout: () => void;
}

export class Door {
  readonly #parts: DoorParts;
  #timer: NodeJS.Timeout | undefined;
  #waiting: Waiting | undefined;
  #password: string | undefined;
  /** A password was sent to the page. */
  #answered = false;

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#password = parts.password;
    this.#timer = setTimeout(parts.onTimeout, JOIN_TIMEOUT_MS);
  }

  get waiting(): Waiting | undefined {
    return this.#waiting;
  }

  /** Nobody knows how long a person takes. */
  waitFor(waiting: Waiting): void {
    clearTimeout(this.#timer);
    this.#waiting = waiting;
    this.#parts.onWaiting(waiting);
    if (ASKED_BY_PAGE.has(waiting)) this.#parts.onAsked();
  }

  /** The room has a password. One that the user has entered in this call before is tried once. */
  passwordRequired(): void {
    const known = this.#password;
    this.#password = undefined;
    const refused = this.#answered && this.#waiting === undefined;
    this.waitFor(refused ? 'wrong-password' : 'password');
    if (known !== undefined) this.enter(known);
  }

  /** Answers the page, when it wants a password. */
  enter(password: string): void {
    if (this.#waiting !== 'password' && this.#waiting !== 'wrong-password') return;
    this.#answered = true;
    this.#waiting = undefined;
    this.#parts.onWaiting(undefined);
    this.#parts.post(encodeCommand('password', password));
    this.#timer = setTimeout(this.#parts.onTimeout, JOIN_TIMEOUT_MS);
  }

  /** The room is entered, or it takes as long as it takes. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
  }
}

/**
 * Whether a page is what a deployment shows when there is no meeting: who cancels its login is sent there (jitsi-meet
 * `react/features/app/actions.web.ts`, `maybeRedirectToWelcomePage`).
 */
export function isFarewell(url: string): boolean {
  const { pathname } = new URL(url);
  return pathname === '/' || /^\/static\/close\d*\.html$/.test(pathname);
}
