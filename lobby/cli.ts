import { Argument, Command, InvalidArgumentError } from 'commander';
import { UserName, addAccessToken, readAccessTokens, revokeAccessTokens } from './auth/accessTokensFile';
import { answerLogins } from './auth/ldapAnswers';
import { LDAP_COMMAND } from './auth/ldapMessages';
import { addKeygenCommand } from './keys/keygenCommand';
import { programName } from './programName';
import { serve } from './serve';
import { EXIT_CONFIG, EXIT_FAILURE, StartFailure } from './startFailure';
import { sizeThreadPool } from './tokens/threadPool';
import { addToolCommands } from './tools/commands';
import { VERSION } from './version';

const program = programName(process.argv, process.env);

function buildProgram(): Command {
  const root = new Command(program)
    .description('The Parley lobby: signs the way into rooms of your Jitsi deployment.')
    .version(VERSION)
    .showHelpAfterError('Add --help for more.');

  root
    .command('serve')
    .description('start the lobby; its settings are environment variables (docs/operator.md)')
    .action(() => {
      sizeThreadPool(process.env);
      return serve(process.env, program);
    });

  addKeygenCommand(root, { result, hint });

  const user = () =>
    new Argument('<USER>', 'account name, as the audit log will show it').argParser((name) => {
      const parsed = UserName.safeParse(name);
      if (!parsed.success)
        throw new InvalidArgumentError(`A user name ${parsed.error.issues[0]?.message ?? ''}.`);
      return parsed.data;
    });
  const token = root.command('token').description('who may open rooms (LOBBY_ACCESS_TOKENS_FILE)');
  token
    .command('add')
    .description('make an access token for a user and print it; it is shown this once')
    .addArgument(user())
    .action(async (name: string) => {
      result(await addAccessToken(accessTokensFile(), name, new Date()));
      hint(`Give this token to ${name}: it is not kept and cannot be shown again.`);
    });
  token
    .command('list')
    .description('print user and date of each access token, a line each')
    .action(async () => {
      const tokens = await readAccessTokens(accessTokensFile());
      for (const { user: name, created } of tokens) result(`${name}\t${created}`);
      if (tokens.length === 0) hint('Nobody has an access token.');
    });
  token
    .command('revoke')
    .description("take all of a user's access tokens away, also from a running lobby")
    .addArgument(user())
    .action(async (name: string) => {
      const revoked = await revokeAccessTokens(accessTokensFile(), name);
      if (revoked === 0) throw new StartFailure(`${name} has no access token.`);
      result(`${revoked}`);
      hint(`${revoked === 1 ? 'The access token' : `All ${revoked} access tokens`} of ${name} revoked.`);
    });
  addToolCommands(root, program, { result, hint });
  root.command(LDAP_COMMAND, { hidden: true }).action(answerLogins);
  return root;
}

function accessTokensFile(): string {
  const file = process.env['LOBBY_ACCESS_TOKENS_FILE'];
  if (file !== undefined && file !== '') return file;
  throw new StartFailure(
    'LOBBY_ACCESS_TOKENS_FILE is not set. Name the file: ' +
      'export LOBBY_ACCESS_TOKENS_FILE="$HOME/parley-access-tokens.json"',
    EXIT_CONFIG,
  );
}

function result(text: string): void {
  process.stdout.write(`${text}\n`);
}

function hint(text: string): void {
  process.stderr.write(`${text}\n`);
}

buildProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof StartFailure ? error.message : String(error)}\n`);
    process.exitCode = error instanceof StartFailure ? error.exitCode : EXIT_FAILURE;
  });
