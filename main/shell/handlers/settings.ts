/** What the commands about settings and the lobby's access token do. */
import { canStart } from '../../../shared/callState';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { LobbyForm, settingsCommands } from '../../../shared/ipc/commands/settings';
import type { ChangeResult, CredentialState, SaveResult } from '../../../shared/ipc/snapshot';
import { parseServerAddress } from '../../../shared/webUrl';
import type { CallController } from '../../call/callController';
import type { LobbyClient } from '../../call/lobbyClient';
import type { Credentials } from '../../security/credentials';
import type { LobbyAccess } from '../../signIn/lobbyAccess';
import { addressFault, isTokenText } from '../../settings/address';
import { changeSettings } from '../../settings/changeSettings';
import { checkLobby } from '../../settings/lobbyCheck';
import type { Settings } from '../../settings/settings';

export interface SettingsHandlerParts {
  calls: CallController;
  settings: Settings;
  credentials: Credentials;
  client: LobbyClient;
  access: LobbyAccess;
  /** Opens the menu of lobbies; resolves when it is closed. */
  lobbyMenu: (at: { x: number; y: number }) => Promise<LobbyChoice>;
  /** Settings or credentials changed: push a snapshot. `credential` as just learned. */
  onChange: (credential?: CredentialState) => void;
}

/** What was picked from the menu of lobbies. */
export type LobbyChoice = { use: string } | 'manage' | undefined;

export function newSettingsHandlers(
  parts: SettingsHandlerParts,
): CommandHandlers<keyof typeof settingsCommands> {
  const { calls, settings, credentials } = parts;
  const inspect = async (): Promise<CredentialState> => {
    const { lobbyUrl } = settings.values;
    return lobbyUrl === '' ? { state: 'not-stored' } : credentials.inspect(lobbyUrl);
  };
  const use = async (origin: string): Promise<ChangeResult> => {
    const { lobbies, lobbyUrl } = settings.values;
    const fixed = settings.locked.includes('lobbyUrl') || settings.overridden.includes('lobbyUrl');
    if (fixed || origin === lobbyUrl || !lobbies.includes(origin)) return { ok: true };
    const result = await changeSettings(settings, { lobbyUrl: origin, lobbies });
    if (!result.ok) return result;
    // What failed, failed with the lobby before.
    calls.dismiss();
    parts.onChange({ state: 'unchecked' });
    parts.onChange(await inspect());
    return result;
  };

  return {
    'settings/save': (form) => save(form, parts),
    'settings/test': (form) => checkLobby(form, parts.client, parts.access),
    'settings/forget': async () => {
      const { lobbyUrl } = settings.values;
      const credential: CredentialState =
        lobbyUrl === '' ? { state: 'not-stored' } : (await parts.access.forget(lobbyUrl)).credential;
      parts.onChange(credential);
      return credential;
    },
    'settings/inspect': async () => parts.onChange(await inspect()),
    'settings/free-mode': async ({ on, noticeRead }) => {
      const mayTurnOn = noticeRead || settings.values.freeNoticeRead;
      if ((on && !mayTurnOn) || settings.locked.includes('freeMode') || !canStart(calls.state))
        return undefined;
      await settings.change({ freeMode: on, freeNoticeRead: mayTurnOn });
      calls.dismiss();
      parts.onChange();
    },
    'settings/change': async (changes) => {
      const allowed = Object.entries(changes).filter(
        ([name]) => !settings.locked.some((one) => one === name),
      );
      const result = await changeSettings(settings, Object.fromEntries(allowed));
      parts.onChange();
      return result;
    },
    'lobbies/use': ({ origin }) => use(origin),
    'lobbies/remove': async ({ origin }) => {
      const { lobbies, lobbyUrl } = settings.values;
      const fixed = settings.locked.includes('lobbies') || origin === lobbyUrl;
      if (fixed || !lobbies.includes(origin)) return { ok: true };
      const result = await changeSettings(settings, { lobbies: lobbies.filter((other) => other !== origin) });
      if (result.ok) await parts.access.forget(origin);
      parts.onChange();
      return result;
    },
    'lobbies/menu': async (at) => {
      const choice = await parts.lobbyMenu(at);
      if (choice === 'manage') return choice;
      if (choice !== undefined) await use(choice.use);
      return undefined;
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
  const result = await changeSettings(settings, {
    ...savedLobby(url?.origin ?? '', settings),
    ...(settings.locked.includes('displayName') ? {} : { displayName: form.displayName.trim() }),
  });
  if (!result.ok) return { ok: false, field: 'file', detail: result.fault };
  // What failed, failed with the settings before.
  parts.calls.dismiss();
  parts.onChange();
  const credential = await saveCredential(url, token, credentials);
  parts.onChange(credential);
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
