/** What loading over the network costs the user, as far as the system says. */
import { execFile } from 'node:child_process';
import type { LineCost } from '../../shared/updates';

/** Longest wait for the answer, in ms. */
const ANSWER_WITHIN_MS = 3000;

/** `NMMetered` of NetworkManager's D-Bus interface: whether somebody said so, or it is a guess by the kind of line. */
const METERED: Readonly<Record<string, LineCost>> = { 1: 'metered', 2: 'free', 3: 'metered', 4: 'free' };

const QUESTION = [
  '--system',
  'get-property',
  'org.freedesktop.NetworkManager',
  '/org/freedesktop/NetworkManager',
  'org.freedesktop.NetworkManager',
  'Metered',
] as const;

/**
 * Asks NetworkManager. Elsewhere nothing is known: Electron has no question for it, and Chromium's `navigator.connection`
 * says on desktops what a browser's user has chosen, which Electron's cannot.
 *
 * @param program that asks D-Bus, of systemd.
 */
export function lineCost(platform: NodeJS.Platform, program = 'busctl'): Promise<LineCost> {
  if (platform !== 'linux') return Promise.resolve('unknown');
  return new Promise((resolve) => {
    execFile(program, QUESTION, { timeout: ANSWER_WITHIN_MS }, (error, stdout) => {
      const [, value = ''] = /^u (\d+)\s*$/.exec(stdout) ?? [];
      resolve((error === null ? METERED[value] : undefined) ?? 'unknown');
    });
  });
}
