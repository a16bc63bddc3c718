/**
 * What the app's own pages may do: nothing, but for the toolbar's page. That one may see the names of microphones, speakers
 * and cameras while it shows them, and open a microphone or a camera in the moment in which the user tries it out. Meetings
 * have sessions of their own.
 */
import type { Session, WebContents } from 'electron';
import { originOf } from './origin';

/** What the page can try out, and what a request for it is called. */
const MEDIA_TYPES = { microphone: 'audio', camera: 'video' } as const;
export type TriedDevice = keyof typeof MEDIA_TYPES;

export class ShellPermissions {
  readonly #contents: WebContents;
  readonly #origin: string;
  #naming = false;
  readonly #opening = new Set<string>();

  /** Sets the handlers of the session, which is the one of `contents`. */
  constructor(session: Session, contents: WebContents, origin: string) {
    this.#contents = contents;
    this.#origin = origin;
    session.setPermissionRequestHandler((asking, permission, callback, details) => {
      const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
      // Without a type it is the screen that is asked for (measured on 25).
      const wanted = types.length > 0 && types.every((type) => this.#opening.has(type));
      callback(
        wanted &&
          permission === 'media' &&
          details.isMainFrame &&
          this.#isOurs(asking, details.requestingUrl),
      );
    });
    session.setPermissionCheckHandler(
      (asking, permission, origin, details) =>
        this.#naming && permission === 'media' && details.isMainFrame && this.#isOurs(asking, origin),
    );
    session.setDevicePermissionHandler(() => false);
    contents.on('did-navigate', () => this.#forget());
    contents.on('render-process-gone', () => this.#forget());
  }

  /** Whether the page shows devices, and so may know their names. */
  setNaming(on: boolean): void {
    this.#naming = on;
  }

  /** Whether the page is about to open a device for a test. */
  setOpening(device: TriedDevice, on: boolean): void {
    if (on) this.#opening.add(MEDIA_TYPES[device]);
    else this.#opening.delete(MEDIA_TYPES[device]);
  }

  #forget(): void {
    this.#naming = false;
    this.#opening.clear();
  }

  #isOurs(asking: WebContents | null, address: string): boolean {
    return asking === this.#contents && originOf(address) === this.#origin;
  }
}
