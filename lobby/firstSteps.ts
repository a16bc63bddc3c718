import { REQUIRED, type RequiredVariable } from './settings';

const STEPS: Record<RequiredVariable, { what: string; commands: (program: string) => string[] }> = {
  JITSI_URL: {
    what: 'the address of your Jitsi deployment',
    commands: () => ['export JITSI_URL=https://meet.example.com'],
  },
  JITSI_RSA_JWT_KEY_FILE: {
    what: 'the key that signs room tokens; keygen makes one',
    commands: (program) => [
      'export JITSI_RSA_JWT_KEY_FILE="$HOME/parley-lobby-key.pem"',
      `${program} keygen "$JITSI_RSA_JWT_KEY_FILE"`,
    ],
  },
  LOBBY_ACCESS_TOKENS_FILE: {
    what: 'who may open rooms; the command prints an access token to give to alice',
    commands: (program) => [
      'export LOBBY_ACCESS_TOKENS_FILE="$HOME/parley-access-tokens.json"',
      `${program} token add alice`,
    ],
  },
};

/** What to set before the lobby can start, in order, each with a command that does it. */
export function firstSteps(missing: readonly RequiredVariable[], program: string): string {
  const rest = missing.length === REQUIRED.length ? 'Nothing is set yet.' : `Not set: ${missing.join(', ')}.`;
  const steps = missing.map((variable) => ({
    title: `${variable}: ${STEPS[variable].what}`,
    commands: STEPS[variable].commands(program),
  }));
  steps.push({ title: 'start again', commands: [`${program} serve`] });
  const lines = steps.map(({ title, commands }, index) =>
    [`  ${index + 1}. ${title}`, ...commands.map((command) => `       ${command}`)].join('\n'),
  );
  return [`${rest} In this order:`, ...lines].join('\n');
}
