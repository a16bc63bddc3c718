import { addressIsUnknown } from '../../settings';
import { EXIT_CONFIG, StartFailure } from '../../startFailure';
import type { KnownLobby } from '../knownLobby';
import { caddyConfig } from './caddy';
import { dockerEnv } from './dockerEnv';
import { nginxConfig } from './nginx';
import { prosodyConfig } from './prosody';
import { systemdUnit } from './systemd';

/** For whom configuration can be printed. */
export const PRINTABLE = ['prosody', 'nginx', 'docker-env', 'systemd', 'caddy'] as const;
export type Printable = (typeof PRINTABLE)[number];

/**
 * Configuration of something else, complete for this lobby.
 *
 * @throws StartFailure when it would name an address of the lobby that nobody has told.
 */
export function printed(what: Printable, lobby: KnownLobby, environment: NodeJS.ProcessEnv): string {
  if (addressIsUnknown(lobby.settings) && what !== 'systemd') {
    throw new StartFailure(
      'LOBBY_PUBLIC_URL is not set. Set it to the address that people and Prosody reach the lobby by, such as ' +
        'https://lobby.example.com: what is printed holds it.',
      EXIT_CONFIG,
    );
  }
  switch (what) {
    case 'prosody':
      return prosodyConfig(lobby);
    case 'nginx':
      return nginxConfig(lobby);
    case 'docker-env':
      return dockerEnv(lobby);
    case 'systemd':
      return systemdUnit(environment);
    case 'caddy':
      return caddyConfig(lobby);
  }
}
