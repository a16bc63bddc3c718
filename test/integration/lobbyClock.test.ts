/** The clock of a running lobby is set, by ten minutes either way: nobody is kept out by that, and nothing lasts longer. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CallReply, InviteReply } from '../../shared/lobbyApi';
import { LDAP_BASE, READER, startDirectory } from '../support/directory';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';

const HOOK = fileURLToPath(new URL('../support/movedClock.cjs', import.meta.url));
const TTL = 600;

let directory: string;
let lobby: LobbyProcess;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-clock-'));
  setClocks({});
});
afterEach(async () => {
  expect((await fetch(`${lobby.url}/healthz`)).status).toBe(200);
  await lobby.stop();
  rmSync(directory, { recursive: true });
});

/** How far the lobby's clocks are off from now on, in seconds. */
function setClocks({ wall = 0, monotonic = 0 }: { wall?: number; monotonic?: number }): void {
  const file = join(directory, 'clocks.json');
  // In one step: it is read all the time.
  writeFileSync(`${file}.new`, JSON.stringify({ wall: wall * 1000, monotonic: monotonic * 1000 }));
  renameSync(`${file}.new`, file);
}
async function start(env: Record<string, string> = {}): Promise<void> {
  lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { NODE_OPTIONS: `--require ${HOOK}`, TEST_CLOCKS: join(directory, 'clocks.json'), ...env },
  });
}

const post = (path: string, authorization: string) =>
  fetch(`${lobby.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === '' ? {} : { authorization }) },
    body: JSON.stringify({ displayName: 'Ana' }),
  });
const call = (authorization: string) => post('/api/v1/calls', authorization);
const inviteOf = ({ invite }: CallReply) => invite.url.split('/join/')[1] ?? '';
const guest = async (invite: string) => {
  const response = await post(`/api/v1/invites/${invite}`, '');
  expect(response.status).toBe(200);
  return InviteReply.parse(await response.json());
};

it.each([600, -600])('set by %i s, it lets in as before, for as long as ever', async (wall) => {
  await start();
  const authorization = `Bearer ${await lobby.addToken('ana')}`;
  const before = CallReply.parse(await (await call(authorization)).json());
  const { renewal, room } = await guest(inviteOf(before));

  setClocks({ wall });
  const response = await call(authorization);
  expect(response.status).toBe(201);
  const after = CallReply.parse(await response.json());
  const { iat = 0, nbf = 0, exp = 0 } = decodeJwt(after.token);
  expect([exp - iat, iat - nbf]).toEqual([TTL, 60]);
  expect(Math.abs(iat - Date.now() / 1000 - wall)).toBeLessThan(60);
  // What was signed before it was set is good, whichever way that was.
  await guest(inviteOf(before));
  expect((await post(`/api/v1/calls/${room}/token`, `Bearer ${renewal.token}`)).status).toBe(200);
  const keys = (await (await fetch(`${lobby.url}/.well-known/jwks.json`)).json()) as { keys: unknown[] };
  expect(keys.keys).toHaveLength(1);

  setClocks({});
  await guest(inviteOf(after));
  expect((await call(authorization)).status).toBe(201);
});

it('set back, it tells nobody to wait for longer than a limit lasts', async () => {
  await start({ LOBBY_RATE_LIMIT: '2/min' });
  const authorization = `Bearer ${await lobby.addToken('ana')}`;
  expect([(await call(authorization)).status, (await call(authorization)).status]).toEqual([201, 201]);
  setClocks({ wall: -600 });
  const refused = await call(authorization);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
});

it('set back, it remembers no password for longer', async () => {
  const people = await startDirectory();
  try {
    await start({
      LOBBY_AUTH: 'ldap',
      LDAP_URL: people.url,
      LDAP_BASE,
      LDAP_BINDDN: READER.dn,
      LDAP_BINDPW: READER.password,
    });
    const authorization = `Basic ${Buffer.from('ana:ana-secret').toString('base64')}`;
    expect((await call(authorization)).status).toBe(201);
    await people.kill();
    setClocks({ wall: -600, monotonic: 10 });
    expect((await call(authorization)).status).toBe(201);
    // More than the half minute for which one click's second question is not asked again.
    setClocks({ wall: -600, monotonic: 31 });
    expect((await call(authorization)).status).toBe(503);
  } finally {
    await people.stop();
  }
});
