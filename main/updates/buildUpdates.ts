import { app } from 'electron';
import type { CallState } from '../../shared/callState';
import type { Fetch } from '../call/httpJson';
import { log } from '../log';
import type { Settings } from '../settings/settings';
import { AT_LOGIN } from '../shell/atLogin';
import { renameInAutostart } from '../shell/autostart';
import { isOn } from '../shell/callWindow';
import { bringerOf, ownAppImage } from './installation';
import { lineCost } from './lineCost';
import { Updates } from './updates';

export interface BuildUpdatesParts {
  settings: Settings;
  fetch: Fetch;
  call: () => CallState;
  showPanel: (panel: 'updates') => void;
  onChange: () => void;
}

/** Wires the looking for later versions, and begins it. */
export function buildUpdates({ settings, fetch, call, showPanel, onChange }: BuildUpdatesParts): Updates {
  const { platform, env } = process;
  const updates = new Updates({
    version: app.getVersion(),
    address: () => settings.values.updateUrl,
    allowed: () => settings.values.updates === 'on',
    open: async (address) => (await import('./openUpdater')).openUpdater(address, fetch, startRenamed),
    bringer: () =>
      bringerOf({ platform, environment: env, program: process.execPath, packaged: app.isPackaged }),
    cost: () => lineCost(platform),
    inCall: () => isOn(call()) || call().phase === 'leaving',
    show: () => showPanel('updates'),
    onChange,
  });
  updates.keepLooking();
  return updates;
}

/** The session starts the AppImage by its new name from now on: the old one is gone. */
function startRenamed(file: string): void {
  const { env: environment, execPath: program } = process;
  const before = ownAppImage({ environment, program });
  if (before === undefined) return;
  try {
    renameInAutostart([before, AT_LOGIN], [file, AT_LOGIN], environment);
  } catch (error) {
    log.warn('autostart.unchanged', { reason: String(error) });
  }
}
