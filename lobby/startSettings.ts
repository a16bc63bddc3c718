import { firstSteps } from './firstSteps';
import { type Settings, readSettings } from './settings';
import { type SigningKey, readSigningKey, signingKeyRemedy } from './signingKey';
import { EXIT_CONFIG, StartFailure } from './startFailure';

/**
 * The lobby's settings, for the server and for the operator's tools.
 *
 * @param program how the operator calls this program, for the commands in messages.
 * @param say tells the operator something that does not stop the start.
 * @throws StartFailure naming every variable that is missing or impossible.
 */
export function settingsOf(
  environment: NodeJS.ProcessEnv,
  program: string,
  say: (line: string) => void,
): Settings {
  const read = readSettings(environment);
  if (!read.ok) {
    const steps = read.missing.length > 0 ? [firstSteps(read.missing, program)] : [];
    throw new StartFailure([...read.faults, ...steps].join('\n'), EXIT_CONFIG);
  }
  if (read.ignored.length > 0)
    say(
      `Nothing reads these variables, misspelt or for a way in that LOBBY_AUTH does not name: ${read.ignored.join(', ')}.`,
    );
  return read.settings;
}

/** @throws StartFailure saying what is wrong with the key and what to do about it. */
export async function signingKeyOf({ keyFile }: Settings, program: string): Promise<SigningKey> {
  const read = await readSigningKey(keyFile);
  if (read.ok) return read.key;
  throw new StartFailure(
    `JITSI_RSA_JWT_KEY_FILE ${keyFile}: ${read.detail}. ${signingKeyRemedy(read.code, keyFile, program)}`,
    EXIT_CONFIG,
  );
}
