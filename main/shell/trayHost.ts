import { execFile } from 'node:child_process';

/** Longest wait for the session's bus, in ms. */
const TIMEOUT_MS = 2_000;

/**
 * Whether somebody shows tray icons. On Linux that is a StatusNotifier host, which GNOME has only with an extension; an
 * icon without one would be nowhere, and Electron would not say so. No bus, no tool to ask it: no host.
 */
export function hasTrayHost(platform: NodeJS.Platform): Promise<boolean> {
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
