import type { KnownLobby } from '../knownLobby';
import { localAddress } from '../localAddress';
import { lines } from './lines';

/** Caddy in front of the lobby. It gets the certificate itself, and writes no access log unless told to. */
export function caddyConfig(lobby: KnownLobby): string {
  const { host, port } = lobby.settings;
  return lines(
    ...(lobby.originIsGiven
      ? []
      : ['# LOBBY_PUBLIC_URL is not set: set it to the address that people will use, and print this again.']),
    '# Caddy in front of the lobby: /etc/caddy/Caddyfile, then: systemctl reload caddy',
    `${lobby.origin} {`,
    '\trequest_body {',
    '\t\tmax_size 16KB',
    '\t}',
    '\t# Caddy drops what clients write into X-Forwarded-For and sets their address; the lobby believes it when',
    '\t# LOBBY_TRUST_PROXY names this Caddy.',
    `\treverse_proxy ${localAddress(host, port)}`,
    '\t# No log directive: the addresses of invites are secrets.',
    '}',
  );
}
