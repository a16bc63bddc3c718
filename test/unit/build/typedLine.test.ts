import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LineFailed, typeLine } from '../../../build/typedLine.mjs';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-typed-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Types a line where `npm` and `lobby` are what a test says; what was shown, whether it failed or not. */
async function type(
  line: string,
  stub: string,
  { exported = '', heard }: { exported?: string; heard?: (text: string) => void } = {},
) {
  let shown = '';
  const shell = {
    prefix: ['bash', '-c', `cd '${folder}'\n${stub}\neval "$1"`, 'bash'],
    show: (text: string) => {
      shown += text;
      heard?.(text);
    },
  };
  const failure = await typeLine(shell, { line, exported }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { shown, failure };
}

/** Stays until it is sent what Ctrl+C sends. */
const STAYING = 'sleep 600';

describe.skipIf(process.platform === 'win32')('a typed line', () => {
  it('does what it should when it ends well, with what was exported before it', async () => {
    const { shown, failure } = await type('echo "$A"', '', { exported: 'export A=heard' });
    expect(failure).toBeUndefined();
    expect(shown).toBe('$ echo "$A"\nheard\n');
  });

  it('fails when it ends otherwise', async () => {
    expect((await type('exit 3', '')).failure).toEqual(new LineFailed('"exit 3" ended with 3.'));
  });

  it('that stays is ended once it is up', async () => {
    const { failure } = await type('npm start', `npm() { echo '{"event":"app.started"}'; ${STAYING}; }`);
    expect(failure).toBeUndefined();
  });

  it('that should stay fails when it ends before it is up', async () => {
    const { failure } = await type('npm run demo', 'npm() { true; }');
    expect(failure).toEqual(new LineFailed('"npm run demo" ended with 0 and never was up.'));
  });

  it('that stays fails when it breaks while it ends', async () => {
    const stub = `npm() { trap 'exit 139' INT; echo 'Two windows are open'; ${STAYING}; }`;
    const { failure } = await type('npm run demo', stub);
    expect(failure).toEqual(new LineFailed('"npm run demo" ended with 139.'));
  });

  it('that runs is ended when the one who typed it is asked to end', async () => {
    const heard = (text: string) => {
      if (text === 'begun\n') process.emit('SIGHUP');
    };
    const { failure } = await type('npm ci', `npm() { echo begun; ${STAYING}; }`, { heard });
    expect(failure).toEqual(new LineFailed('"npm ci" ended with 137.'));
  });

  it.each([
    [200, undefined],
    [503, /answered 503/],
  ])('that serves is asked whether it is well: %i', async (status, expected) => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/healthz' ? status : 404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const stub = `lobby() { echo 'The lobby is listening on http://127.0.0.1:${port}; stop it'; ${STAYING}; }`;
    const { failure } = await type('lobby serve', stub);
    server.close();
    if (expected === undefined) expect(failure).toBeUndefined();
    else expect(String(failure)).toMatch(expected);
  });

  it('that asks for packages gets them by the command it names, once', async () => {
    const stub = `npm() { [ -e packages ] || { echo 'Parley needs: touch packages' >&2; false; }; }`;
    const { shown, failure } = await type('npm run package:deb', stub);
    expect(failure).toBeUndefined();
    expect(existsSync(join(folder, 'packages'))).toBe(true);
    expect(shown.match(/^\$ .*$/gm)).toEqual([
      '$ npm run package:deb',
      '$ touch packages',
      '$ npm run package:deb',
    ]);

    const insatiable = await type('npm run package:deb', `npm() { echo 'Parley needs: true'; false; }`);
    expect(insatiable.failure).toEqual(new LineFailed('"npm run package:deb" ended with 1.'));
  });
});
