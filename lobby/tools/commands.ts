import { Argument, type Command, InvalidArgumentError } from 'commander';
import { CallRequest } from '../../shared/lobbyApi';
import { RoomName } from '../../shared/roomName';
import { deploymentOfRoom } from '../regions/choice';
import { addressIsUnknown } from '../settings';
import { StartFailure } from '../startFailure';
import { doctor } from './doctor/doctor';
import { asJson, asTable, isHealthy } from './doctor/report';
import { askHealth } from './health';
import { knownLobby } from './knownLobby';
import { roomLink } from './link';
import { PRINTABLE, type Printable, printed } from './print/print';

/** Where results and all else go. */
export interface Output {
  result: (text: string) => void;
  hint: (text: string) => void;
}

/** The operator's tools: `print`, `link`, `doctor` and `health`. */
export function addToolCommands(root: Command, program: string, { result, hint }: Output): void {
  const lobby = () => knownLobby(process.env, program, hint);

  root
    .command('print')
    .description('print configuration of something else, complete for this lobby')
    .addArgument(new Argument('<WHAT>').choices(PRINTABLE))
    .action(async (what: Printable) => {
      result(printed(what, await lobby(), process.env).trimEnd());
    });

  root
    .command('link')
    .description('print a link to a room, with a room token in it')
    .addArgument(
      new Argument('<ROOM>', 'room name: letters, digits, inner hyphens').argParser(parsedBy(RoomName)),
    )
    .addArgument(
      new Argument('<NAME>', 'display name in the room').argParser(parsedBy(CallRequest.shape.displayName)),
    )
    .option('--deployment <id>', 'on which deployment; without it the one that the name of the room leads to')
    .option('--guest', 'not as a moderator')
    .action(async (room: RoomName, name: string, options: { deployment?: string; guest?: true }) => {
      const known = await lobby();
      const deployment =
        options.deployment === undefined
          ? deploymentOfRoom(room, known.deployments)
          : known.deployments.find(({ id }) => id === options.deployment);
      if (deployment === undefined) {
        const ids = known.deployments.map(({ id }) => id).join(', ');
        throw new StartFailure(`There is no deployment ${options.deployment ?? ''}. JITSI_URL has ${ids}.`);
      }
      const moderator = options.guest !== true;
      const { url, expiresAt } = await roomLink(known, deployment, { room, name, moderator }, new Date());
      result(url);
      hint(
        `Room ${room} on ${deployment.id} for ${name}, as ${moderator ? 'moderator' : 'guest'}; it opens the door ` +
          `until ${expiresAt.toISOString()}. Whoever has the link comes in under this name.`,
      );
    });

  root
    .command('doctor')
    .description('test the deployments and the key server from outside, as a client would')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: true }) => {
      const known = await lobby();
      if (addressIsUnknown(known.settings))
        hint(`LOBBY_PUBLIC_URL is not set: ${known.origin} is taken for the address that Prosody has.`);
      const sections = await doctor(known);
      result(json === true ? asJson(sections) : asTable(sections));
      if (!isHealthy(sections)) process.exitCode = 1;
    });

  root
    .command('health')
    .description('ask the lobby that runs here whether it answers; for containers')
    .action(() => askHealth(process.env));
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: { message: string }[] } };
}

function parsedBy<T>(schema: Schema<T>): (text: string) => T {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? '');
  };
}
