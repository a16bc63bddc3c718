import { firstSteps } from './firstSteps';
import { KeyRing } from './keys/keyRing';
import { loadKeys } from './keys/loadKeys';
import { Statements } from './keys/statements';
import type { TokenIssuer } from './tokens/roomToken';
import { type Settings, readSettings } from './settings';
import { statementSecretOf } from './keys/signingKey';
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
  for (const warning of read.warnings) say(warning);
  if (read.ignored.length > 0)
    say(
      `Nothing reads these variables, misspelt or for a way in that LOBBY_AUTH does not name: ${read.ignored.join(', ')}.`,
    );
  return read.settings;
}

/**
 * What this lobby signs with.
 *
 * @throws StartFailure saying what is wrong with a key and what to do about it.
 */
export async function tokenIssuerOf(
  { keys: source, deployments, appId, tokenTtl, claims }: Settings,
  program: string,
): Promise<TokenIssuer> {
  const loaded = source === undefined ? { ok: true as const, keys: [] } : await loadKeys(source, program);
  if (!loaded.ok) throw new StartFailure(loaded.detail, EXIT_CONFIG);
  const { secret } = deployments[0];
  const keys = new KeyRing(loaded.keys, tokenTtl, secret && statementSecretOf(secret));
  return {
    tokenTtl,
    keys,
    statements: new Statements(appId, () => keys.statementSecrets(new Date())),
    claims,
  };
}
