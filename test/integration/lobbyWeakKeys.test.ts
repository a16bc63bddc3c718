/** Keys that protect nothing, put before the lobby as an operator would: `serve` does not start, `doctor` says why. */
import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLobby } from '../support/lobbyProcess';
import { haveVectors, keyGroups } from '../support/vectors';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-weak-'));
});
afterAll(() => rm(folder, { recursive: true }));

const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
const one = Buffer.from([1]).toString('base64url');
const fromJwk = (key: object) => createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });

const KEYS = [
  ['small', 'it has 1024 bits; at least 2048 are safe', () => rsa(1024)],
  [
    'of exponent 1',
    'its public exponent is 1, which protects nothing',
    () => fromJwk({ ...rsa(2048).export({ format: 'jwk' }), e: one, d: one, dp: one, dq: one }),
  ],
  ...(haveVectors ? [['of a broken generator', 'ROCA, CVE-2017-15361', rocaKey] as const] : []),
] as const;

/** Wycheproof's: such keys take a chip to make. */
function rocaKey() {
  const group = keyGroups().find(({ comment }) => comment === 'jws_rsa_roca_key');
  return fromJwk(group?.private.keys[0] ?? {});
}

it.each(KEYS)('serve and doctor refuse and name a key that is %s', async (name, what, make) => {
  const file = join(folder, `${name}.pem`);
  await writeFile(file, make().export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  for (const command of ['serve', 'doctor']) {
    const { code, stderr } = await runLobby([command], {
      JITSI_URL: 'http://127.0.0.1:9',
      JITSI_RSA_JWT_KEY_FILE: file,
      LOBBY_ACCESS_TOKENS_FILE: join(folder, 'access-tokens.json'),
      LOBBY_PORT: '0',
    });
    expect(code, command).toBe(78);
    expect(stderr).toContain(file);
    expect(stderr).toContain(what);
    expect(stderr).toContain('keygen FILE');
  }
});
