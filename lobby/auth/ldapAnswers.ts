/** What runs in the process that talks with the directory: logins come by messages, and so go their answers. */
import { StartFailure } from '../startFailure';
import { askDirectory } from './ldapDialogue';
import { type FromLdapProcess, type LdapSettings, ToLdapProcess } from './ldapMessages';

/** Longest reason that is told, characters. */
const REASON_MAX = 200;

/**
 * Answers logins until the lobby is gone.
 *
 * @throws StartFailure when it was not the lobby that started this process.
 */
export function answerLogins(): void {
  if (process.send === undefined) {
    throw new StartFailure(
      'This command is for the lobby itself: serve runs it where people log in by LDAP.',
    );
  }
  // Ctrl+C and systemd signal every process; the lobby still finishes its requests then, and ends this one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  let settings: LdapSettings | undefined;
  process.on('message', (sent) => {
    const message = ToLdapProcess.parse(sent);
    if (message.kind === 'login') {
      if (settings === undefined) throw new Error('a login came before the settings');
      void answer(settings, message.id, message.user, message.password);
      return;
    }
    if (message.kind === 'settings') settings = message.settings;
    say({ kind: 'alive' });
  });
}

async function answer(settings: LdapSettings, id: number, user: string, password: string): Promise<void> {
  try {
    say({ kind: 'answer', id, person: await askDirectory(settings, user, password) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say({ kind: 'failure', id, reason: reason.slice(0, REASON_MAX) });
  }
}

function say(message: FromLdapProcess): void {
  // Where the lobby is gone meanwhile, `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}
