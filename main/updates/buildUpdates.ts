import { app } from 'electron';
import type { CallState } from '../../shared/callState';
import type { Fetch } from '../call/httpJson';
import type { Settings } from '../settings/settings';
import { isOn } from '../shell/callWindow';
import { bringerOf } from './installation';
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
    open: async (address) => (await import('./openUpdater')).openUpdater(address, fetch),
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
