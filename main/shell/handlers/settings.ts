/** What the commands about settings and credentials do. */
import { canStart } from '../../../shared/callState';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { LobbyForm, settingsCommands } from '../../../shared/ipc/commands/settings';
import type { CredentialState, SaveResult } from '../../../shared/ipc/snapshot';
import { parseServerAddress } from '../../../shared/webUrl';
import type { CallController } from '../../call/callController';
import type { LobbyClient } from '../../call/lobbyClient';
import type { Credentials } from '../../security/credentials';
import { addressFault, isTokenText } from '../../settings/address';
import { checkLobby } from '../../settings/lobbyCheck';
import type { Settings } from '../../settings/settings';

export interface SettingsHandlerParts {
  calls: CallController;
  settings: Settings;
  credentials: Credentials;
  client: LobbyClient;
  /** Settings or credentials changed: push a snapshot. `credential` as just learned. */
  onChange: (credential?: CredentialState) => void;
}

export function newSettingsHandlers(
  parts: SettingsHandlerParts,
): CommandHandlers<keyof typeof settingsCommands> {
  const { calls, settings, credentials } = parts;
  const lobbyOrigin = () => {
    const { lobbyUrl } = settings.values;
    return lobbyUrl === '' ? undefined : new URL(lobbyUrl).origin;
  };
  return {
    'settings/save': (form) => save(form, parts),
    'settings/test': (form) => checkLobby(form, parts.client, (origin) => credentials.read(origin)),
    'settings/forget': async () => {
      const origin = lobbyOrigin();
      const credential: CredentialState =
        origin === undefined ? { state: 'not-stored' } : await credentials.forget(origin);
      parts.onChange(credential);
      return credential;
    },
    'settings/inspect': async () => {
      const origin = lobbyOrigin();
      parts.onChange(origin === undefined ? { state: 'not-stored' } : await credentials.inspect(origin));
    },
    'settings/free-mode': async ({ on, noticeRead }) => {
      const mayTurnOn = noticeRead || settings.values.freeNoticeRead;
      if ((on && !mayTurnOn) || settings.locked.includes('freeMode') || !canStart(calls.state))
        return undefined;
      await settings.change({ freeMode: on, freeNoticeRead: mayTurnOn });
      calls.dismiss();
      parts.onChange();
    },
  };
}

async function save(form: LobbyForm, parts: SettingsHandlerParts): Promise<SaveResult> {
  const { settings, credentials } = parts;
  const address = form.lobbyUrl.trim();
  const url = parseServerAddress(address);
  if (address !== '' && url === undefined) {
    return { ok: false, field: 'lobbyUrl', fault: addressFault(address) };
  }
  const token = form.accessToken?.trim() ?? '';
  if (token !== '' && url === undefined) return { ok: false, field: 'lobbyUrl', fault: 'required' };
  if (token !== '' && !isTokenText(token)) return { ok: false, field: 'accessToken' };
  try {
    await settings.change({
      ...(settings.locked.includes('lobbyUrl') ? {} : { lobbyUrl: url?.origin ?? '' }),
      ...(settings.locked.includes('displayName') ? {} : { displayName: form.displayName.trim() }),
    });
  } catch (error) {
    return { ok: false, field: 'file', detail: error instanceof Error ? error.message : String(error) };
  }
  // What failed, failed with the settings before.
  parts.calls.dismiss();
  parts.onChange();
  const credential = await saveCredential(url, token, credentials);
  parts.onChange(credential);
  return { ok: true, credential };
}

function saveCredential(
  url: URL | undefined,
  token: string,
  credentials: Credentials,
): Promise<CredentialState> | CredentialState {
  if (url === undefined) return { state: 'not-stored' };
  return token === '' ? credentials.inspect(url.origin) : credentials.store(url.origin, token);
}
