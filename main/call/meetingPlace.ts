/**
 * Where a meeting page is opened: a session and a view. Made while the lobby is still asked, with a connection to the
 * deployment, which the page then uses (measured on 25): it comes sooner by a handshake, and by what a view takes.
 *
 * No empty page is loaded there ahead, though that would start its process: programs that drive the app by its windows
 * would take that page for the meeting's.
 */
import type { BrowserWindow, Session } from 'electron';
import type { CallState } from '../../shared/callState';
import { leaveMeetingSession, takeMeetingSession } from '../security/meetingSession';
import { PAGE_PREFERENCES } from '../security/pagePreferences';
import { newBrowserViewSlot } from './browserViewSlot';
import type { ViewSlot } from './viewSlot';
import { newWebContentsViewSlot } from './webContentsViewSlot';

/** First Electron whose `WebContentsView` is whole. */
const FIRST_WITH_VIEWS = 30;

export interface MeetingPlace {
  readonly session: Session;
  readonly slot: ViewSlot;
}

export interface MeetingPlacesParts {
  window: BrowserWindow;
  preload: string;
  background: () => string;
  /** Where the lobby will likely send the user to, as an origin. */
  likelyOrigin: () => string | undefined;
}

/** Makes places, one ahead at most. */
export class MeetingPlaces {
  readonly #parts: MeetingPlacesParts;
  #ahead: { origin: string; place: MeetingPlace } | undefined;
  #wanted = false;

  constructor(parts: MeetingPlacesParts) {
    this.#parts = parts;
  }

  /** Makes a place ahead once a lobby is being asked, and puts it away when it was not taken. */
  follow(state: CallState): void {
    const { phase } = state;
    this.#wanted = phase === 'requesting' && !state.intent.free;
    // What is asked must be on its way first.
    if (this.#wanted) setImmediate(() => this.#prepare());
    if (phase === 'idle' || phase === 'failed' || phase === 'joined') this.#putAway();
  }

  /** A place for a page of this origin: the one that is there, if it is for that origin. */
  take(origin: string): MeetingPlace {
    if (this.#ahead?.origin !== origin) return this.#make(origin);
    const { place } = this.#ahead;
    this.#ahead = undefined;
    return place;
  }

  #prepare(): void {
    const { window, likelyOrigin } = this.#parts;
    const origin = likelyOrigin();
    if (!this.#wanted || origin === undefined || this.#ahead !== undefined || window.isDestroyed()) return;
    const place = this.#make(origin);
    this.#ahead = { origin, place };
    place.session.preconnect({ url: origin, numSockets: 1 });
  }

  #putAway(): void {
    if (this.#ahead === undefined) return;
    const { origin, place } = this.#ahead;
    this.#ahead = undefined;
    place.slot.destroy();
    void leaveMeetingSession(place.session, origin);
  }

  #make(origin: string): MeetingPlace {
    const { window, preload, background } = this.#parts;
    const session = takeMeetingSession(origin);
    const webPreferences = {
      ...PAGE_PREFERENCES,
      session,
      preload,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    } as const;
    const newSlot =
      Number(process.versions.electron.split('.')[0]) >= FIRST_WITH_VIEWS
        ? newWebContentsViewSlot
        : newBrowserViewSlot;
    return { session, slot: newSlot(window, webPreferences, background()) };
  }
}
