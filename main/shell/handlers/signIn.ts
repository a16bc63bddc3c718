/** What the commands about signing in do. They are all about the lobby in use, but for a look at another. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { signInCommands } from '../../../shared/ipc/commands/signIn';
import type { CallController } from '../../call/callController';
import type { Settings } from '../../settings/settings';
import type { SignIn } from '../../signIn/signIn';

export interface SignInHandlerParts {
  calls: CallController;
  settings: Settings;
  signIn: SignIn;
}

export function newSignInHandlers({
  calls,
  settings,
  signIn,
}: SignInHandlerParts): CommandHandlers<keyof typeof signInCommands> {
  const atLobby = async (work: (origin: string) => Promise<void>) => {
    const { lobbyUrl } = settings.values;
    if (lobbyUrl === '') return;
    await work(lobbyUrl);
    // What failed, failed with the sign-in before.
    const { by } = signIn.state.account;
    if (by === 'browser' || by === 'password') calls.dismiss();
  };
  return {
    'sign-in/look': ({ lobbyUrl }) => signIn.look(lobbyUrl),
    'sign-in/browser': () => atLobby((origin) => signIn.byBrowser(origin)),
    'sign-in/cancel': () => signIn.cancel(),
    'sign-in/password': (login) => atLobby((origin) => signIn.byPassword(origin, login)),
    'sign-in/out': () => atLobby((origin) => signIn.signOut(origin)),
  };
}
