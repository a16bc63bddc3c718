import { keyServerName } from '../../keys/signingKey';
import type { KnownDeployment, KnownLobby } from '../knownLobby';
import { lines } from './lines';

/** What docker-jitsi-meet calls its own XMPP domain unless its `XMPP_DOMAIN` says otherwise. */
const DOCKER_XMPP_DOMAIN = 'meet.jitsi';

/** Lines for the `.env` of docker-jitsi-meet; the names are those of its `docker-compose.yml`. */
export function dockerEnv(lobby: KnownLobby): string {
  return lobby.deployments.map((deployment) => envOf(lobby, deployment)).join('\n');
}

function envOf(lobby: KnownLobby, { id, url, xmppDomain, tenant, appId, alg }: KnownDeployment): string {
  const keys = [...lobby.publicKeys.keys()];
  return lines(
    `# Deployment ${id}: .env of docker-jitsi-meet, for the lobby ${lobby.origin}`,
    '# Take out what it says of the same names, then: docker compose up -d --force-recreate',
    `PUBLIC_URL=${tenant === undefined ? url : url.slice(0, -tenant.length - 1)}`,
    ...(tenant === undefined ? [] : [`# For the tenant ${tenant}.`, 'ENABLE_SUBDOMAINS=1']),
    ...(xmppDomain === DOCKER_XMPP_DOMAIN
      ? [`XMPP_DOMAIN=${DOCKER_XMPP_DOMAIN}`]
      : [
          `# The lobby takes ${xmppDomain} for its XMPP domain. Unless your XMPP_DOMAIN is just that, let the lobby have`,
          `# JITSI_XMPP_DOMAIN=${DOCKER_XMPP_DOMAIN}, which is docker-jitsi-meet's own, and print this again.`,
        ]),
    'ENABLE_AUTH=1',
    'AUTH_TYPE=jwt',
    'ENABLE_GUESTS=0',
    `JWT_APP_ID=${appId}`,
    ...(alg === 'RS256'
      ? [
          ...keys.map((kid) => `# Key ${kid}: ${lobby.keyServer}/${keyServerName(kid)}.pem`),
          `JWT_ASAP_KEYSERVER=${lobby.keyServer}`,
          '# JWT_APP_SECRET stays unset: a Prosody host takes either.',
        ]
      : [
          "# The lobby's JWT_APP_SECRET, the same text. It is not printed.",
          'JWT_APP_SECRET=',
          '# JWT_ASAP_KEYSERVER stays unset: a Prosody host takes either.',
        ]),
    `JWT_ACCEPTED_ISSUERS=${appId}`,
    `JWT_ACCEPTED_AUDIENCES=${appId}`,
    'JWT_ALLOW_EMPTY=0',
    'JWT_ENABLE_DOMAIN_VERIFICATION=1',
    'JWT_TOKEN_AUTH_MODULE=token_verification',
    '# The first in a room is its moderator, whatever the token says. For the lobby to decide, put',
    '# mod_token_affiliation.lua (jitsi-contrib/prosody-plugins) into prosody-plugins-custom, and:',
    '# XMPP_MUC_MODULES=token_affiliation',
    '# ENABLE_AUTO_OWNER=0',
  );
}
