import type { KnownLobby } from '../knownLobby';
import { caddyConfig } from './caddy';
import { dockerEnv } from './dockerEnv';
import { nginxConfig } from './nginx';
import { prosodyConfig } from './prosody';
import { systemdUnit } from './systemd';

/** For whom configuration can be printed. */
export const PRINTABLE = ['prosody', 'nginx', 'docker-env', 'systemd', 'caddy'] as const;
export type Printable = (typeof PRINTABLE)[number];

/** Configuration of something else, complete for this lobby. */
export function printed(what: Printable, lobby: KnownLobby, environment: NodeJS.ProcessEnv): string {
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
