import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyServerName, readSigningKey, signingKeyRemedy } from '../../../../lobby/keys/signingKey';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-key-'));
});
afterAll(() => rm(directory, { recursive: true }));

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
async function keyFile(name: string, text: string | Buffer, mode = 0o600): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}
const codeOf = async (file: string) => {
  const read = await readSigningKey(file);
  return read.ok ? 'ok' : read.code;
};

describe('the signing key', () => {
  const { privateKey, publicKey } = rsa(2048);

  it.each(['pkcs8', 'pkcs1'] as const)('is read from %s', async (type) => {
    const read = await readSigningKey(
      await keyFile(`good.${type}`, privateKey.export({ type, format: 'pem' })),
    );
    expect(read).toMatchObject({ ok: true });
    if (read.ok) expect(read.key.publicPem).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
  });

  it('may be read by a group, but not by everyone', async () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(await codeOf(await keyFile('group', pem, 0o640))).toBe('ok');
    expect(await codeOf(await keyFile('world', pem, 0o644))).toBe('world-readable');
    expect(await codeOf(await keyFile('writable', pem, 0o602))).toBe('world-readable');
  });

  it('is told apart from what is no key for it', async () => {
    await mkdir(join(directory, 'folder'));
    const locked = { cipher: 'aes-256-cbc', passphrase: 'secret', format: 'pem' } as const;
    const { privateKey: ec } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { privateKey: pss } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    const codes = {
      missing: await codeOf(join(directory, 'nowhere')),
      folder: await codeOf(join(directory, 'folder')),
      pkcs8: await codeOf(await keyFile('locked8', privateKey.export({ ...locked, type: 'pkcs8' }))),
      pkcs1: await codeOf(await keyFile('locked1', privateKey.export({ ...locked, type: 'pkcs1' }))),
      garbage: await codeOf(await keyFile('garbage', 'not a key')),
      empty: await codeOf(await keyFile('empty', '')),
      binary: await codeOf(await keyFile('binary', Buffer.from([0, 255, 10, 13]))),
      huge: await codeOf(await keyFile('huge', 'x'.repeat(70_000))),
      public: await codeOf(await keyFile('public', publicKey.export({ type: 'spki', format: 'pem' }))),
      ec: await codeOf(await keyFile('ec', ec.export({ type: 'pkcs8', format: 'pem' }))),
      pss: await codeOf(await keyFile('pss', pss.export({ type: 'pkcs8', format: 'pem' }))),
      small: await codeOf(
        await keyFile('small', rsa(1024).privateKey.export({ type: 'pkcs8', format: 'pem' })),
      ),
    };
    expect(codes).toEqual({
      missing: 'missing',
      folder: 'unreadable',
      pkcs8: 'passphrase',
      pkcs1: 'passphrase',
      garbage: 'not-a-private-key',
      empty: 'not-a-private-key',
      binary: 'not-a-private-key',
      huge: 'not-a-private-key',
      public: 'not-a-private-key',
      ec: 'not-rsa',
      pss: 'not-rsa',
      small: 'too-small',
    });
  });

  it.each([
    'missing',
    'unreadable',
    'world-readable',
    'passphrase',
    'not-a-private-key',
    'not-rsa',
    'too-small',
  ] as const)('that is %s comes with a way to make one', (code) => {
    expect(signingKeyRemedy(code, '/k', 'parley-lobby')).toContain('parley-lobby keygen ');
  });

  it('has the name that Prosody asks for', () => {
    expect(keyServerName('CWMKey')).toBe('8791edb7d806447dd0aaa98a2b568ad792696ed4d885f23b89f6beb7f7c4f44e');
  });
});

it.each([1, 2, 4])('is refused with the public exponent %i, which protects nothing', async (exponent) => {
  // OpenSSL makes no such key, so a sound one's exponents are replaced: with e = d = 1 signing gives back what is signed.
  const jwk = rsa(2048).privateKey.export({ format: 'jwk' });
  const e = Buffer.from([exponent]).toString('base64url');
  const key = createPrivateKey({ key: { ...jwk, e, d: e, dp: e, dq: e }, format: 'jwk' });
  const file = await keyFile('exponent', key.export({ type: 'pkcs8', format: 'pem' }));
  expect(await readSigningKey(file)).toMatchObject({
    code: 'weak',
    detail: `its public exponent is ${exponent}, which protects nothing`,
  });
});

it('is told from its public half, which is open to all', async () => {
  const pem = rsa(2048).publicKey.export({ type: 'spki', format: 'pem' });
  expect(await codeOf(await keyFile('half.pub', pem, 0o644))).toBe('not-a-private-key');
});
