/**
 * The program `parley`: has the running app start, join, mute and leave, and says how things are. What it says is for
 * scripts: results on standard output, all else on standard error.
 */
import { Command } from 'commander';
import {
  CONTROL_VERSION,
  type ControlFault,
  type ControlReply,
  type ControlRequest,
} from '../../../shared/control';
import { inWords } from './inWords';
import { askApp, NotRunning, startApp } from './runningApp';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_NOT_RUNNING = 3;

const FAULTS: Readonly<Record<ControlFault, string>> = {
  'bad-request': 'Parley did not understand this. Quit it and start it again.',
  'bad-link': 'This is no room name, meeting link or invite link.',
  'foreign-lobby': 'That lobby is not one of yours, and the link holds no invite. Ask for an invite link.',
  busy: 'A call is under way already. End it first: parley leave',
  'no-call': 'There is no call.',
  failed: 'The call came to nothing.',
  unconfirmed: 'The meeting has not confirmed it in time. Look at Parley’s window.',
};

interface Options {
  json?: boolean;
  start?: boolean;
}

const version = CONTROL_VERSION;

function buildProgram(): Command {
  const program = new Command('parley')
    .description('Drives the running Parley. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running.')
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE))
    .showHelpAfterError('Add --help for more.');
  const add = (name: string, description: string) =>
    program.command(name).description(description).option('--json', 'print the state as JSON');
  const starts = (command: Command) => command.option('--start', 'start Parley if it does not run');

  starts(add('call', 'start a voice call'))
    .option('--video', 'with the camera on')
    .action((options: Options & { video?: boolean }) =>
      run({ version, command: 'call', video: options.video === true }, options),
    );
  starts(add('join <link>', 'join by a room name, a meeting link or an invite link')).action(
    (text: string, options: Options) => run({ version, command: 'join', text }, options),
  );
  const plain = {
    mute: 'mute the microphone',
    unmute: 'open the microphone',
    'toggle-mute': 'mute the microphone, or open it',
    leave: 'leave the call',
    status: 'say how things are',
  } as const;
  for (const [name, description] of Object.entries(plain)) {
    const command = name as keyof typeof plain;
    add(name, description).action((options: Options) => run({ version, command }, options));
  }
  return program;
}

async function run(request: ControlRequest, options: Options): Promise<void> {
  const reply = await askOrStart(request, options);
  process.stdout.write(`${options.json === true ? JSON.stringify(reply.state) : inWords(reply.state)}\n`);
  if (reply.ok) return;
  process.stderr.write(`${FAULTS[reply.fault]}\n`);
  process.exitCode = EXIT_FAILED;
}

async function askOrStart(request: ControlRequest, { start }: Options): Promise<ControlReply> {
  try {
    return await askApp(request);
  } catch (error) {
    if (!(error instanceof NotRunning) || start !== true) throw error;
  }
  await startApp();
  return askApp(request);
}

/** Resolves once all is said; the exit code is then set. */
export const ended = buildProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof NotRunning ? EXIT_NOT_RUNNING : EXIT_FAILED;
  });
