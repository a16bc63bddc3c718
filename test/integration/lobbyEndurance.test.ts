/**
 * A lobby under load, with a fault again and again: every answer is the right one, none is missing, and neither memory nor
 * open files grow. The short form runs with the other tests; `npm run soak` sets PARLEY_SOAK=long, for ten minutes.
 */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, expect, it } from 'vitest';
import { CallReply } from '../../shared/lobbyApi';
import type { ChildServer } from '../support/childServer';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';
import { startRedis } from '../support/redisServer';
import { freePort } from '../support/servers';

const LONG = process.env['PARLEY_SOAK'] === 'long';
const [DURATION_MS, FAULT_EVERY_MS] = LONG ? [600_000, 20_000] : [18_000, 2_500];
/** Requests under way at any time. */
const CALLERS = 8;
/** What a Node process's memory moves by between two collections, in MiB. */
const GROWTH_MAX_MIB = 64;
const HANDLES_MAX = 16;

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Memory in MiB, and open files, of a process (Linux). */
async function weigh(pid: number): Promise<{ memory: number; handles: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  return { memory: kibibytes / 1024, handles: (await readdir(`/proc/${pid}/fd`)).length };
}

it('gives no wrong token and loses no answer', { timeout: DURATION_MS + 90_000 }, async () => {
  const port = await freePort();
  let redis: (ChildServer & { url: string; port: number }) | undefined = await startRedis();
  undo.push(async () => redis?.kill());
  const env = {
    LOBBY_PORT: String(port),
    LOBBY_RATE_LIMIT: 'off',
    LOBBY_ADDRESS_RATE_LIMIT: 'off',
    REDIS_URL: redis.url,
  };
  const first = await startLobby({ jitsiUrl: 'https://meet.example.com', env });
  undo.push(() => first.stop());
  const { keyFile, accessTokensFile } = first;
  const files = { JITSI_RSA_JWT_KEY_FILE: keyFile, LOBBY_ACCESS_TOKENS_FILE: accessTokensFile };
  const token = await first.addToken('ana');
  const keys = createLocalJWKSet(
    (await (await fetch(`${first.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet,
  );
  let running: LobbyProcess = first;

  /** Whether callers go on, whether the lobby is killed just now, and tokens that were checked. */
  const state = { going: true, down: false, signed: 0 };

  const faults: (() => Promise<void>)[] = [
    async () => {
      state.down = true;
      running.signal('SIGKILL');
      await running.exited;
      running = await startLobby({ jitsiUrl: 'https://meet.example.com', env: { ...env, ...files } });
      const own = running;
      undo.push(() => own.stop());
      state.down = false;
    },
    async () => {
      await redis?.kill();
      redis = undefined;
    },
    async () => {
      redis = await startRedis(Number(new URL(env.REDIS_URL).port));
    },
    async () => {
      const whole = await readFile(keyFile, 'utf8');
      const other = `${keyFile}.${randomUUID()}`;
      expect((await runLobby(['keygen', other])).code).toBe(0);
      await writeFile(keyFile, await readFile(other, 'utf8'));
      running.signal('SIGHUP');
      await running.waitForStderr(/keys cannot be used; those known stay in force/);
      await writeFile(keyFile, whole);
      running.signal('SIGHUP');
    },
    async () => {
      const whole = await readFile(accessTokensFile, 'utf8');
      await writeFile(accessTokensFile, whole.slice(0, 20));
      await delay(500);
      await writeFile(accessTokensFile, whole);
    },
  ];

  const wrong: string[] = [];
  const rooms = new Set<string>();
  const caller = async () => {
    while (state.going) {
      const name = `Ana ${randomUUID()}`;
      const wasDown = state.down;
      let response: Response;
      let body: unknown;
      try {
        response = await fetch(`http://127.0.0.1:${port}/api/v1/calls`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ displayName: name }),
          signal: AbortSignal.timeout(20_000),
        });
        body = await response.json();
      } catch (error) {
        // What a killed process had not answered is answered by nobody.
        if (!wasDown && !state.down) wrong.push(String(error));
        await delay(50);
        continue;
      }
      if (response.status !== 201) {
        wrong.push(`${response.status} ${JSON.stringify(body)}`);
        continue;
      }
      const reply = CallReply.parse(body);
      const { payload } = await jwtVerify(reply.token, keys);
      const { user } = payload['context'] as { user: { name: string } };
      if (user.name !== name || payload['room'] !== reply.room)
        wrong.push(`token of ${user.name} for ${name}`);
      if (rooms.has(reply.room)) wrong.push(`${reply.room} given twice`);
      rooms.add(reply.room);
      state.signed += 1;
    }
  };
  const callers = Promise.all(Array.from({ length: CALLERS }, caller));

  const end = Date.now() + DURATION_MS;
  let before = await weigh(running.pid);
  /** The most by which a lobby grew between two of its deaths. */
  const grown = { memory: 0, handles: 0 };
  let faultsSuffered = 0;
  for (let turn = 0; Date.now() < end; turn += 1) {
    await delay(FAULT_EVERY_MS);
    const kind = turn % faults.length;
    if (kind === 0 && turn > 0) await flat();
    await faults[kind]?.();
    faultsSuffered += 1;
    if (kind === 0) {
      await delay(FAULT_EVERY_MS);
      before = await weigh(running.pid);
    }
    const reached = state.signed;
    await expect.poll(() => state.signed, { timeout: 20_000 }).toBeGreaterThan(reached);
    expect(wrong).toEqual([]);
  }
  await flat();
  state.going = false;
  await callers;
  expect(wrong).toEqual([]);
  process.stdout.write(
    `${state.signed} tokens signed and checked, ${faultsSuffered} faults; ` +
      `grown by ${grown.memory.toFixed(1)} MiB and ${grown.handles} open files at most\n`,
  );

  async function flat(): Promise<void> {
    const now = await weigh(running.pid);
    grown.memory = Math.max(grown.memory, now.memory - before.memory);
    grown.handles = Math.max(grown.handles, now.handles - before.handles);
    expect(now.memory - before.memory).toBeLessThan(GROWTH_MAX_MIB);
    expect(now.handles - before.handles).toBeLessThan(HANDLES_MAX);
  }
});
