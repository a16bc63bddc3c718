/**
 * Spares a page that is out of sight the others' pictures: nobody sees them, and they cost most of what a meeting costs. It
 * is the page's own "audio only", which closes the user's camera and screen as well, so it is left alone while one of these
 * is open or wanted. Turned off again, it opens neither that was closed before (recorded: `one-to-one-call.jsonl`,
 * `set-audio-only`).
 */
import type { DeviceState } from '../../shared/callState';
import type { JitsiEvent } from '../../shared/jitsi/events';
import type { MeetingControl } from '../../shared/meetingControl';

export interface UnseenVideoParts {
  /** Whether the page is out of sight now. */
  unseen: () => boolean;
  /** Whether the page says that it is in sound only. */
  audioOnly: () => boolean;
  setAudioOnly: (on: boolean) => void;
}

export class UnseenVideo {
  readonly #parts: UnseenVideoParts;
  /** Not before the page has said so. */
  #cameraClosed = false;
  #cameraWanted = false;
  #sharing = false;
  #sharingWanted = false;
  /** The user has set it while the page was out of sight. */
  #overruled = false;
  #spared = false;

  constructor(parts: UnseenVideoParts) {
    this.#parts = parts;
  }

  /** The page may have come into sight or gone out of it. */
  look(): void {
    const { unseen, audioOnly, setAudioOnly } = this.#parts;
    const isUnseen = unseen();
    if (!isUnseen) this.#overruled = false;
    const cameraOff = this.#cameraClosed && !this.#cameraWanted;
    const screenClosed = !this.#sharing && !this.#sharingWanted;
    const spare = isUnseen && cameraOff && screenClosed && !this.#overruled;
    // Who is in sound only anyway has chosen it, and stays there.
    if (spare === this.#spared || (spare && audioOnly())) return;
    this.#spared = spare;
    setAudioOnly(spare);
  }

  /** The camera is about to be opened or closed. Call it first: a page in sound only would not open it. */
  wantCamera(on: boolean): void {
    this.#cameraWanted = on;
    this.look();
  }

  /** What the page says of the camera; while it says nothing, what it said before holds. */
  onCamera(state: DeviceState): void {
    if (state === 'unknown') return;
    this.#cameraClosed = state === 'off';
    if (state === 'on') this.#cameraWanted = false;
    this.look();
  }

  /** The user is about to have the page do that. */
  onControl(control: MeetingControl): void {
    if (control.what === 'audio-only') {
      this.#overruled = true;
      this.#spared = false;
    }
    if (control.what === 'share') this.#wantSharing(control.on);
    if (control.what === 'share-dropped') this.#wantSharing(false);
  }

  onEvent(event: JitsiEvent): void {
    if (event.name !== 'screen-sharing-status-changed') return;
    this.#sharing = event.on;
    this.#wantSharing(false);
  }

  #wantSharing(on: boolean): void {
    this.#sharingWanted = on;
    this.look();
  }
}
