import { keyServerName } from '../../keys/signingKey';
import type { KnownDeployment, KnownLobby } from '../knownLobby';
import { lines } from './lines';

/**
 * What Prosody's configuration must say, as jitsi-meet's plugins read it (`prosody-plugins/token/util.lib.lua`). The
 * shared secret itself is not printed: what is printed ends up in tickets and histories.
 */
export function prosodyConfig(lobby: KnownLobby): string {
  return lobby.deployments.map((deployment) => virtualHost(lobby, deployment)).join('\n');
}

function virtualHost(
  lobby: KnownLobby,
  { id, url, xmppDomain, tenant, appId, alg }: KnownDeployment,
): string {
  const domain = quoted(xmppDomain);
  const app = quoted(appId);
  return lines(
    `-- Deployment ${id}, ${url}: Prosody, for the lobby ${lobby.origin}`,
    '-- Debian: apt install jitsi-meet-tokens; then merge this into /etc/prosody/conf.avail/<host>.cfg.lua',
    '-- and run: prosodyctl check config && systemctl restart prosody',
    '',
    '-- The web server in front ends TLS: BOSH and WebSocket arrive here in plain HTTP.',
    'consider_bosh_secure = true',
    'consider_websocket_secure = true',
    `muc_mapper_domain_base = ${domain}`,
    '',
    `VirtualHost ${domain}`,
    '    authentication = "token"',
    `    app_id = ${app}`,
    ...(alg === 'RS256' ? keyServer(lobby) : sharedSecret()),
    `    asap_accepted_issuers = { ${app} }`,
    `    asap_accepted_audiences = { ${app} }`,
    '    allow_empty_token = false',
    '    enable_domain_verification = true',
    '    c2s_require_encryption = false',
    '',
    `Component ${quoted(`conference.${xmppDomain}`)} "muc"`,
    '    modules_enabled = {',
    '        -- Keep those that are here already.',
    '        "token_verification";',
    ...(tenant === undefined
      ? []
      : [`        -- Rooms of the tenant ${tenant} are [${tenant}]room.`, '        "muc_domain_mapper";']),
    '        -- Without this one the first in a room is its moderator, whatever the token says. With it, and with',
    '        -- jicofo.conference.enable-auto-owner = false in jicofo.conf, the lobby decides. It is not part of',
    '        -- Jitsi: mod_token_affiliation.lua of jitsi-contrib/prosody-plugins.',
    '        -- "token_affiliation";',
    '    }',
  );
}

function keyServer({ keyServer: address, publicKeys }: KnownLobby): string[] {
  const keys = [...publicKeys.keys()].map((kid) => `    -- Key ${kid}: ${address}/${keyServerName(kid)}.pem`);
  return [
    ...keys,
    '    -- Prosody keeps a key by its id for as long as it runs: a new key needs a new id.',
    `    asap_key_server = ${quoted(address)}`,
    '    -- No app_secret beside it: a host takes either.',
  ];
}

function sharedSecret(): string[] {
  return [
    "    -- The lobby's JWT_APP_SECRET, the same text. It is not printed.",
    '    app_secret = "JWT_APP_SECRET"',
    '    -- No asap_key_server beside it: a host takes either.',
  ];
}

/** A Lua string. Settings hold printable ASCII only (lobby/settings). */
const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
