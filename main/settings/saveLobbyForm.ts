/** "Save": where calls go, under which name, and by what right. */
import type { LobbyForm } from '../../shared/ipc/commands/settings';
import type { CredentialState, SaveResult } from '../../shared/ipc/snapshot';
import { parseServerAddress } from '../../shared/webUrl';
import type { CallController } from '../call/callController';
import type { Credentials } from '../security/credentials';
import { addressFault, isTokenText } from './address';
import { changeSettings } from './changeSettings';
import type { Settings } from './settings';
import { FIRST_RUN_OVER, type Layer } from './settingsTable';

export interface SavingParts {
  calls: Pick<CallController, 'dismiss'>;
  settings: Settings;
  credentials: Credentials;
  /** Settings or credentials changed: push a snapshot. `credential` as just learned. */
  onChange: (credential?: CredentialState) => void;
}

/** Saves what stands in the form, the token in the keychain. `besides`: what changes with it, by default that nothing more is asked. */
export async function saveLobbyForm(
  form: LobbyForm,
  { calls, settings, credentials, onChange }: SavingParts,
  besides: Layer = { firstRun: FIRST_RUN_OVER },
): Promise<SaveResult> {
  const address = form.lobbyUrl.trim();
  const url = parseServerAddress(address);
  if (address !== '' && url === undefined) {
    return { ok: false, field: 'lobbyUrl', fault: addressFault(address) };
  }
  const token = form.accessToken?.trim() ?? '';
  if (token !== '' && url === undefined) return { ok: false, field: 'lobbyUrl', fault: 'required' };
  if (token !== '' && !isTokenText(token)) return { ok: false, field: 'accessToken' };
  const result = await changeSettings(settings, {
    ...savedLobby(url?.origin ?? '', settings),
    ...(settings.locked.includes('displayName') ? {} : { displayName: form.displayName.trim() }),
    ...besides,
  });
  if (!result.ok) return { ok: false, field: 'file', detail: result.fault };
  // What failed, failed with the settings before.
  calls.dismiss();
  onChange();
  const credential = await saveCredential(url, token, credentials);
  onChange(credential);
  return { ok: true, credential };
}

/** A lobby with another address is one more, and the one in use from now on. */
function savedLobby(origin: string, settings: Settings): { lobbyUrl?: string; lobbies?: readonly string[] } {
  const { lobbies } = settings.values;
  if (settings.locked.includes('lobbyUrl')) return {};
  if (settings.locked.includes('lobbies')) return lobbies.includes(origin) ? { lobbyUrl: origin } : {};
  const all = origin === '' ? lobbies : [...new Set([...lobbies, origin])];
  return { lobbyUrl: origin, lobbies: all };
}

function saveCredential(
  url: URL | undefined,
  token: string,
  credentials: Credentials,
): Promise<CredentialState> | CredentialState {
  if (url === undefined) return { state: 'not-stored' };
  return token === '' ? credentials.inspect(url.origin) : credentials.store(url.origin, token);
}
