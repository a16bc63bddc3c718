/** What each command of the toolbar does. Arguments are parsed here, once, with the contract's own schemas. */
import type { z } from 'zod';
import { canStart, type CallIntent } from '../../shared/callState';
import {
  commands,
  type CommandArgument,
  type CommandName,
  type CommandReply,
  type LobbyForm,
} from '../../shared/ipc/commands';
import type { CredentialState, SaveResult, Snapshot } from '../../shared/ipc/snapshot';
import { parseJoinText } from '../../shared/joinTarget';
import { parseServerAddress } from '../../shared/webUrl';
import type { CallController } from '../call/callController';
import type { LobbyClient } from '../call/lobbyClient';
import type { ScreenSharing } from '../call/screenSharing';
import type { Credentials } from '../security/credentials';
import type { CommandHandler } from '../security/ipc';
import { addressFault, isTokenText } from '../settings/address';
import { checkLobby } from '../settings/lobbyCheck';
import type { Settings } from '../settings/settings';
import type { Stage } from './stage';

export interface CommandParts {
  calls: CallController;
  sharing: ScreenSharing;
  settings: Settings;
  credentials: Credentials;
  client: LobbyClient;
  stage: Stage;
  snapshot: () => Snapshot;
  /** Settings or credentials changed: push a snapshot. `credential` as just learned. */
  onChange: (credential?: CredentialState) => void;
  copy: (text: string) => void;
  /** Versions and platform, for "Copy details". */
  about: () => Readonly<Record<string, string>>;
}

type Handlers = {
  [Name in CommandName]: (
    argument: CommandArgument<Name>,
  ) => CommandReply<Name> | Promise<CommandReply<Name>>;
};

/** Parses and carries out commands. A command that does not fit the contract is refused with an error. */
export function newCommandHandler(parts: CommandParts): CommandHandler {
  const handlers = newHandlers(parts);
  return (name, argument) => {
    if (typeof name !== 'string' || !Object.hasOwn(commands, name)) throw new Error('Unknown command.');
    const command = name as CommandName;
    const schema: z.ZodType = commands[command];
    const parsed = schema.safeParse(argument);
    if (!parsed.success) throw new Error(`Bad argument for "${command}".`);
    return (handlers[command] as (argument: unknown) => unknown)(parsed.data);
  };
}

function newHandlers(parts: CommandParts): Handlers {
  const { calls, settings, credentials } = parts;
  const lobbyOrigin = () => {
    const { lobbyUrl } = settings.values;
    return lobbyUrl === '' ? undefined : new URL(lobbyUrl).origin;
  };
  const start = (target: CallIntent['target'], media: CallIntent['media']): void => {
    void calls.start({ target, media, free: settings.values.freeMode });
  };

  return {
    'snapshot/read': () => parts.snapshot(),
    'call/start': ({ media }) => start({ kind: 'new' }, media),
    'call/join': ({ text }) => {
      const parsed = parseJoinText(text);
      if (!parsed.ok) return parsed.fault;
      start(parsed.target, 'audio');
      return undefined;
    },
    'call/leave': () => calls.leave(),
    'call/retry': () => calls.retry(),
    'call/rejoin': () => calls.rejoin(),
    'call/dismiss': () => calls.dismiss(),
    'call/microphone': ({ on }) => calls.setDevice('microphone', on),
    'call/camera': ({ on }) => calls.setDevice('camera', on),
    'call/copy-invite': () => {
      if (calls.inviteUrl !== undefined) parts.copy(calls.inviteUrl);
    },
    'call/copy-details': () => {
      const { state } = calls;
      const failure = state.phase === 'failed' ? state.failure : undefined;
      parts.copy(JSON.stringify({ ...parts.about(), failure }, null, 2));
    },
    'share/pick': ({ id }) => parts.sharing.pick(id),
    'share/cancel': () => parts.sharing.cancel(),
    'share/stop': () => calls.stopSharing(),
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
    'stage/place': (bounds) => parts.stage.set(bounds ?? undefined),
  };
}

async function save(form: LobbyForm, parts: CommandParts): Promise<SaveResult> {
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
