/** What the commands about settings and the lobby's access token do. */
import { canStart } from '../../../shared/callState';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { settingsCommands } from '../../../shared/ipc/commands/settings';
import type { ChangeResult, CredentialState } from '../../../shared/ipc/snapshot';
import type { CallController } from '../../call/callController';
import type { LobbyClient } from '../../call/lobbyClient';
import type { LobbyAccess } from '../../signIn/lobbyAccess';
import { changeSettings } from '../../settings/changeSettings';
import { checkLobby } from '../../settings/lobbyCheck';
import { type SavingParts, saveLobbyForm } from '../../settings/saveLobbyForm';
import { FIRST_RUN_OVER } from '../../settings/settingsTable';

export interface SettingsHandlerParts extends SavingParts {
  calls: CallController;
  client: LobbyClient;
  access: LobbyAccess;
  /** Opens the menu of lobbies; resolves when it is closed. */
  lobbyMenu: (at: { x: number; y: number }) => Promise<LobbyChoice>;
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
    'settings/save': (form) => saveLobbyForm(form, parts),
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
        return { ok: true };
      const changes = { freeMode: on, freeNoticeRead: mayTurnOn, firstRun: FIRST_RUN_OVER };
      const result = await changeSettings(settings, changes);
      if (!result.ok) return result;
      calls.dismiss();
      parts.onChange();
      return result;
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
      if (fixed || !lobbies.includes(origin)) return { ok: true, tokenLeft: undefined };
      const result = await changeSettings(settings, { lobbies: lobbies.filter((other) => other !== origin) });
      if (!result.ok) return result;
      const { credential } = await parts.access.forget(origin);
      parts.onChange();
      const tokenLeft = credential.state === 'keychain-unavailable' ? credential.fault : undefined;
      return { ok: true, tokenLeft };
    },
    'lobbies/menu': async (at) => {
      const choice = await parts.lobbyMenu(at);
      if (choice === 'manage') return choice;
      return choice === undefined ? { ok: true } : use(choice.use);
    },
  };
}
