/** Deployments whose Prosody checks room tokens with a secret (HS256), with and without others that use the key server. */
import { createSecretKey } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import { afterEach, expect, it } from 'vitest';
import { CallReply, DeploymentsReply, InviteReply } from '../../shared/lobbyApi';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';
import { partsOf } from '../unit/lobby/tokens';

const SECRET = 'correct-horse-battery-staple-0123';
const key = createSecretKey(Buffer.from(SECRET));
const lobbies: LobbyProcess[] = [];
afterEach(async () => {
  for (const lobby of lobbies.splice(0)) await lobby.stop();
});

async function newLobby(jitsiUrl: string, env: Record<string, string>): Promise<LobbyProcess> {
  const lobby = await startLobby({ jitsiUrl, env });
  lobbies.push(lobby);
  return lobby;
}
async function post(address: string, bearer: string | undefined, body: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(body),
  });
  return response.json();
}
const keySet = async ({ url }: LobbyProcess): Promise<unknown> =>
  (await fetch(`${url}/.well-known/jwks.json`)).json();

it('needs no RSA key when all deployments have a secret', async () => {
  const lobby = await newLobby('https://meet.example.com', {
    JITSI_RSA_JWT_KEY_FILE: '',
    JWT_APP_SECRET: SECRET,
  });
  const alice = await lobby.addToken('alice');
  const call = CallReply.parse(await post(`${lobby.url}/api/v1/calls`, alice, { displayName: 'Ada' }));
  const { payload } = await jwtVerify(call.token, key, { typ: 'JWT', issuer: 'CodeWithMe' });
  expect(payload).toMatchObject({ room: call.room, sub: 'meet.example.com' });

  const invite = call.invite.url.split('/join/')[1] ?? '';
  // Signed with a secret of its own, or Prosody would find a good signature under it.
  await expect(jwtVerify(invite, key)).rejects.toThrow('signature verification failed');
  const guest = InviteReply.parse(
    await post(`${lobby.url}/api/v1/invites/${invite}`, undefined, { displayName: 'Grace' }),
  );
  await jwtVerify(guest.token, key);

  expect(await keySet(lobby)).toEqual({ keys: [], parley_hs256: ['https://meet.example.com'] });
  lobby.signal('SIGHUP');
  expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
  expect(lobby.stderr()).not.toContain(SECRET);
});

it('signs for each deployment as its Prosody checks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-secret-'));
  try {
    const file = join(folder, 'secret');
    await writeFile(file, `${SECRET}\n`, { mode: 0o600 });
    const lobby = await newLobby('eu=https://eu.example.com,us=https://us.example.com', {
      JWT_APP_SECRET_US_FILE: file,
      JWT_APP_ID_US: 'hmac',
      JITSI_XMPP_DOMAIN_US: 'meet.jitsi',
    });
    const alice = await lobby.addToken('alice');
    const headers = { authorization: `Bearer ${alice}` };
    const listed = DeploymentsReply.parse(
      await (await fetch(`${lobby.url}/api/v1/deployments`, { headers })).json(),
    );
    expect(listed.deployments.map(({ id, tokens }) => [id, tokens])).toEqual([
      ['eu', 'RS256'],
      ['us', 'HS256'],
    ]);
    expect(await keySet(lobby)).toMatchObject({
      keys: [{ kid: 'CWMKey', alg: 'RS256' }],
      parley_hs256: ['https://us.example.com'],
    });
    const tokenFor = async (region: string) =>
      CallReply.parse(await post(`${lobby.url}/api/v1/calls`, alice, { displayName: 'Ada', region })).token;
    expect(partsOf(await tokenFor('eu'))[0]).toEqual({ alg: 'RS256', kid: 'CWMKey', typ: 'JWT' });
    const { payload } = await jwtVerify(await tokenFor('us'), key);
    expect(payload).toMatchObject({ iss: 'hmac', aud: 'hmac', sub: 'meet.jitsi' });
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each([
  // What Docker Swarm and Kubernetes hand secrets out with.
  ['444', 1],
  ['644', 1],
  ['440', 0],
  ['600', 0],
])('takes files of secrets of mode %s, and warns of each %i times', async (mode, warnings) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-secret-'));
  try {
    const [secret, metrics] = [join(folder, 'secret'), join(folder, 'metrics')];
    for (const file of [secret, metrics]) {
      await writeFile(file, SECRET);
      await chmod(file, Number.parseInt(mode, 8));
    }
    const lobby = await newLobby('https://meet.example.com', {
      JITSI_RSA_JWT_KEY_FILE: '',
      JWT_APP_SECRET_FILE: secret,
      LOBBY_METRICS_TOKEN_FILE: metrics,
    });
    const alice = await lobby.addToken('alice');
    const call = CallReply.parse(await post(`${lobby.url}/api/v1/calls`, alice, { displayName: 'Ada' }));
    await jwtVerify(call.token, key);
    for (const variable of ['JWT_APP_SECRET_FILE', 'LOBBY_METRICS_TOKEN_FILE']) {
      const said = lobby.stderr().split(`${variable}: every account of this machine can read that file`);
      expect(said).toHaveLength(1 + warnings);
    }
    expect(lobby.stderr()).not.toContain(SECRET);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('does not start with a secret that is too short, and does not repeat it', async () => {
  const { code, stderr } = await runLobby(['serve'], {
    JITSI_URL: 'https://meet.example.com',
    LOBBY_AUTH: 'none',
    JWT_APP_SECRET: 'hush-hush',
  });
  expect(code).toBe(78);
  expect(stderr).toContain('JWT_APP_SECRET has 9 bytes; HS256 takes 32 at least.');
  expect(stderr).not.toContain('hush-hush');
});
