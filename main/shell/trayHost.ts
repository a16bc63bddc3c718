import { execFile } from 'node:child_process';

/** Longest wait for the session's bus, in ms. */
const TIMEOUT_MS = 2_000;

/**
 * Whether somebody shows tray icons. Asked ahead: starting the program that asks holds up this process for 6 ms (measured),
 * which would be 6 ms of every call's way.
 */
export class TrayHost {
  readonly #ask: () => Promise<boolean>;
  #known: Promise<boolean>;

  constructor(platform: NodeJS.Platform) {
    this.#ask = () => hasTrayHost(platform);
    this.#known = this.#ask();
  }

  /** The answer as it was last asked for. */
  get known(): Promise<boolean> {
    return this.#known;
  }

  /** Asks now. */
  look(): Promise<boolean> {
    return (this.#known = this.#ask());
  }
}

/**
 * On Linux somebody is a StatusNotifier host, which GNOME has only with an extension; an icon without one would be nowhere,
 * and Electron would not say so. No bus, no tool to ask it: no host.
 */
function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.kde.StatusNotifierWatcher',
    '/StatusNotifierWatcher',
  ];
  const get = 'org.freedesktop.DBus.Properties.Get';
  const property = ['string:org.kde.StatusNotifierWatcher', 'string:IsStatusNotifierHostRegistered'];
  return new Promise((resolve) => {
    execFile('dbus-send', [...question, get, ...property], { timeout: TIMEOUT_MS }, (error, stdout) =>
      resolve(error === null && /\bboolean true\b/.test(stdout)),
    );
  });
}
