import type { KnownLobby } from '../knownLobby';
import { localAddress } from '../localAddress';
import { lines } from './lines';

/** nginx in front of the lobby, and what a deployment with bridges in several regions needs. */
export function nginxConfig(lobby: KnownLobby): string {
  const { host, port: lobbyPort } = lobby.settings;
  const { hostname, protocol, port } = new URL(lobby.origin);
  const secure = protocol === 'https:';
  const listen = port === '' ? (secure ? '443' : '80') : port;
  return lines(
    ...(lobby.originIsGiven
      ? []
      : ['# LOBBY_PUBLIC_URL is not set: set it to the address that people will use, and print this again.']),
    '# nginx in front of the lobby: /etc/nginx/conf.d/parley-lobby.conf, then: nginx -t && systemctl reload nginx',
    'upstream parley_lobby {',
    `    server ${localAddress(host, lobbyPort)};`,
    '    # More of them, for a lobby of several processes or machines: they share the key, and Redis for the limits.',
    '    keepalive 32;',
    '}',
    '',
    'server {',
    `    listen ${listen}${secure ? ' ssl' : ''};`,
    `    listen [::]:${listen}${secure ? ' ssl' : ''};`,
    `    server_name ${hostname};`,
    ...(secure
      ? [
          `    ssl_certificate /etc/letsencrypt/live/${hostname}/fullchain.pem;`,
          `    ssl_certificate_key /etc/letsencrypt/live/${hostname}/privkey.pem;`,
          '    ssl_protocols TLSv1.2 TLSv1.3;',
        ]
      : []),
    '',
    '    # The addresses of invites are secrets: they stay out of the log.',
    '    access_log off;',
    '    client_max_body_size 16k;',
    '',
    '    location / {',
    '        proxy_pass http://parley_lobby;',
    '        proxy_http_version 1.1;',
    '        proxy_set_header Connection "";',
    '        # With its port, unlike $host.',
    '        proxy_set_header Host $http_host;',
    "        # One address, nginx's own view of it. What the client wrote into this header is dropped; the lobby",
    '        # believes it when LOBBY_TRUST_PROXY names this nginx.',
    '        proxy_set_header X-Forwarded-For $remote_addr;',
    '        proxy_set_header X-Forwarded-Proto $scheme;',
    '        proxy_read_timeout 30s;',
    '    }',
    '}',
    ...lobby.deployments.flatMap(({ id, url, region }) => [
      '',
      `# Deployment ${id}, ${url}: one core with bridges in several regions.`,
      '# In each region an nginx of its own stands before the deployment, and DNS sends people to the nearest. Its',
      '# server block has in every location that proxies, with the name of its region:',
      `#     proxy_set_header X-Proxy-Region ${region};`,
      '# The bridge of that region: videobridge.relay { enabled = true, region = "<the same name>" } in jvb.conf.',
      '# Jicofo: bridge.selection-strategy = RegionBasedBridgeSelectionStrategy, octo.enabled = true and local-region.',
      '# Prosody: region_name, and the modules jiconop, muc_meeting_id and jitsi_session.',
    ]),
  );
}
