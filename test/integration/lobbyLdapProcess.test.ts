/** The process in which the built lobby talks with an LDAP directory: what it is given, and how it ends. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemdUnit } from '../../lobby/tools/print/systemd';
import { sizeThreadPool } from '../../lobby/tokens/threadPool';
import { type LobbyProcess, runLobby, startLobby } from '../support/lobbyProcess';

it('is not for people', async () => {
  expect((await runLobby(['--help'])).stdout).not.toContain('ldap-dialogue');
  const { code, stderr } = await runLobby(['ldap-dialogue']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('for the lobby itself')]);
});

// Linux tells which processes there are, and with what.
describe.runIf(process.platform === 'linux')('the process', () => {
  let directory: Server;
  let lobby: LobbyProcess;
  let connections: Socket[];
  /** What the directory does with a connection at the first bytes that come. */
  let play: (socket: Socket, first: Buffer) => void;

  beforeEach(async () => {
    connections = [];
    play = orderly;
    directory = createServer((socket) => {
      connections.push(socket);
      socket.on('error', () => undefined);
      socket.once('data', (first) => play(socket, first));
    }).listen(0, '127.0.0.1');
    await once(directory, 'listening');
    const environment: NodeJS.ProcessEnv = {};
    sizeThreadPool(environment, 1_024);
    lobby = await startLobby({
      jitsiUrl: 'https://meet.example.com',
      env: {
        UV_THREADPOOL_SIZE: environment['UV_THREADPOOL_SIZE'] ?? '',
        LOBBY_AUTH: 'ldap',
        LDAP_URL: `ldap://localhost:${(directory.address() as AddressInfo).port}`,
        LDAP_BASE: 'dc=example,dc=com',
        LDAP_BINDDN: 'cn=reader,dc=example,dc=com',
        LDAP_BINDPW: 'reader-secret',
        LOBBY_ADDRESS_RATE_LIMIT: 'off',
      },
    });
  });
  afterEach(async () => {
    await lobby.stop();
    for (const socket of connections) socket.destroy();
    directory.close();
  });

  /** Knows everybody with any password: answers the reader's bind, the search and the bind, each as it comes (RFC 4511). */
  function orderly(socket: Socket, first: Buffer): void {
    const success = [0x0a, 1, 0, 4, 0, 4, 0];
    const found = [4, 4, ...Buffer.from('cn=a'), 0x30, 0];
    const answer = (request: Buffer) => {
      // Behind the message's own tag and length stand those of its id.
      const [, length = 0] = request;
      const id = request[(length > 0x80 ? 2 + length - 0x80 : 2) + 2] ?? 0;
      const message = (tag: number, content: number[]) => [
        ...[0x30, content.length + 5, 2, 1, id],
        ...[tag, content.length, ...content],
      ];
      const bind = message(0x61, success);
      const search = [...message(0x64, found), ...message(0x65, success)];
      socket.write(Buffer.from(request.includes('uid') ? search : bind));
    };
    answer(first);
    socket.on('data', answer);
  }
  const login = async (user: string = randomUUID(), password = 'ana-secret') => {
    const response = await fetch(`${lobby.url}/api/v1/calls`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ displayName: 'Ana' }),
    });
    return response.status;
  };
  const children = async () => {
    const list = await readFile(`/proc/${lobby.pid}/task/${lobby.pid}/children`, 'utf8');
    return list.split(' ').filter((pid) => pid !== '');
  };
  const threads = async (pid: number | string) => (await readdir(`/proc/${pid}/task`)).length;
  const isGone = (pid: string | undefined) =>
    vi.waitFor(() => expect(existsSync(`/proc/${pid ?? ''}`)).toBe(false), { timeout: 10_000 });

  it('is one, made at the start, and no secret stands in its arguments or its environment', async () => {
    const before = await children();
    expect(await Promise.all(Array.from({ length: 5 }, () => login()))).toEqual(Array(5).fill(201));
    const pids = await children();
    expect([before, pids.length]).toEqual([pids, 1]);
    const seen = await Promise.all(
      ['cmdline', 'environ'].map((name) => readFile(`/proc/${pids[0] ?? ''}/${name}`, 'latin1')),
    );
    expect(seen[0]).toContain('ldap-dialogue');
    expect(seen[1]).toContain('PATH=');
    expect(seen.join('')).not.toMatch(/-secret|LDAP_|JITSI_|LOBBY_/);
  });

  it('has room beside the lobby among the tasks that the printed unit allows', async () => {
    expect(await Promise.all(Array.from({ length: 40 }, () => login()))).toEqual(Array(40).fill(201));
    const [pid = ''] = await children();
    const limit = Number(/^TasksMax=(\d+)$/m.exec(systemdUnit({}))?.[1]);
    expect((await threads(lobby.pid)) + (await threads(pid)) + 10).toBeLessThan(limit);
  });

  it('is replaced by the next login when it was killed; whoever waited for it is told to come again', async () => {
    expect(await login()).toBe(201);
    const [first = ''] = await children();
    let asked: () => void = () => undefined;
    const whenAsked = new Promise<void>((resolve) => (asked = resolve));
    play = () => asked();
    const waiting = login();
    await whenAsked;
    process.kill(Number(first), 'SIGKILL');
    expect(await waiting).toBe(503);
    await lobby.waitForStderr(/SIGKILL.*the process that asks the LDAP directory is lost/);
    play = orderly;
    expect(await login()).toBe(201);
    expect(await children()).not.toEqual([first]);
    expect(lobby.stderr()).not.toMatch(/-secret/);
  });

  it('still answers what was begun when all are signalled, and is gone with the lobby', async () => {
    expect(await login()).toBe(201);
    const [pid] = await children();
    play = (socket, first) => {
      // As Ctrl+C and systemd do it.
      process.kill(Number(pid), 'SIGTERM');
      process.kill(Number(pid), 'SIGINT');
      lobby.signal('SIGTERM');
      void lobby.waitForStderr(/"msg":"stopping"/).then(() => orderly(socket, first));
    };
    expect(await login()).toBe(201);
    expect(await lobby.exited).toBe(0);
    await isGone(pid);
  });

  it('is gone when the lobby was killed', async () => {
    expect(await login()).toBe(201);
    const [pid] = await children();
    lobby.signal('SIGKILL');
    await lobby.exited;
    await isGone(pid);
  });
});
