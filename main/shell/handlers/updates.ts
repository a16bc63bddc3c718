/** What the commands about later versions do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { updateCommands } from '../../../shared/ipc/commands/updates';
import { parseServerAddress, withoutTrailingSlash } from '../../../shared/webUrl';
import { addressFault } from '../../settings/address';
import { changeSettings } from '../../settings/changeSettings';
import type { Settings } from '../../settings/settings';
import type { Updates } from '../../updates/updates';

export interface UpdateHandlerParts {
  settings: Settings;
  updates: Pick<Updates, 'look' | 'load' | 'restart' | 'addressChanged'>;
}

export function newUpdateHandlers({
  settings,
  updates,
}: UpdateHandlerParts): CommandHandlers<keyof typeof updateCommands> {
  return {
    'updates/look': () => updates.look(),
    'updates/load': () => updates.load(),
    'updates/restart': () => updates.restart(),
    'updates/address': async ({ url }) => {
      if (settings.locked.includes('updateUrl')) return { ok: true };
      const address = parseServerAddress(url);
      if (url.trim() !== '' && address === undefined) return { ok: false, fault: addressFault(url) };
      const updateUrl = address === undefined ? '' : withoutTrailingSlash(address);
      const result = await changeSettings(settings, { updateUrl });
      if (!result.ok) return { ok: false, fault: 'file', detail: result.fault };
      await updates.addressChanged();
      return { ok: true };
    },
  };
}
