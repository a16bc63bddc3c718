/** Keys and signatures that others made to break such checks, before the lobby. */
import { createPrivateKey, createSecretKey, type JsonWebKey, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, createLocalJWKSet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALGORITHMS } from '../../../../lobby/auth/authSettings';
import { encodeHeader, signRs256 } from '../../../../lobby/keys/compactJws';
import { Statements } from '../../../../lobby/keys/statements';
import { readSigningKey } from '../../../../lobby/keys/signingKey';
import { cookbook, haveVectors, keyGroups, signatureGroups } from '../../../support/vectors';

const RSA_EXAMPLE = 'rfc7520_4_1.rsa_v15_signature.json';

describe.skipIf(!haveVectors)('with the vectors of others', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-vectors-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function verdictOn(key: object): Promise<string> {
    const file = join(folder, 'key.pem');
    const pem = createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });
    await writeFile(file, pem.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const read = await readSigningKey(file);
    return read.ok ? 'taken' : `${read.code}: ${read.detail}`;
  }

  it('the lobby takes sound RSA keys as its own, and names what is wrong with the others', async () => {
    const found = new Map<string, string>();
    for (const { comment, private: own } of keyGroups()) {
      const [key] = own.keys;
      if (key?.kty === 'oct' || key?.['crv'] !== undefined) continue;
      found.set(comment, await verdictOn(key ?? {}));
    }
    expect(Object.fromEntries(found)).toEqual({
      rs256: 'taken',
      jws_rsa_roca_key: 'weak: it was made by a chip whose keys can be computed (ROCA, CVE-2017-15361)',
      keysize_too_small: 'too-small: it has 1024 bits; at least 2048 are safe',
      exponentOne: 'weak: its public exponent is 1, which protects nothing',
    });
    expect(await verdictOn(cookbook(RSA_EXAMPLE).input.key)).toBe('taken');
  });

  it('what the lobby signs with the key of RFC 7520, another verifier takes', async () => {
    const key = createPrivateKey({ key: cookbook(RSA_EXAMPLE).input.key as JsonWebKey, format: 'jwk' });
    const header = encodeHeader({ alg: 'RS256', typ: 'JWT', kid: 'CWMKey' });
    const [head = '', claims = '', signature = ''] = (await signRs256(header, { room: 'r' }, key)).split('.');
    const signed = Buffer.from(signature, 'base64url');
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, signed)).toBe(true);
  });

  it("none of Wycheproof's texts is a statement of the lobby's, whatever its secret", async () => {
    const taken: string[] = [];
    for (const { private: key, tests } of signatureGroups()) {
      if (key.kty !== 'oct') continue;
      const secret = createSecretKey(Buffer.from(key.k ?? '', 'base64url'));
      const statements = new Statements('CodeWithMe', () => [secret]);
      for (const { tcId, jws } of tests) {
        const read = await statements.read('invite', String(jws), new Date());
        if (read.ok || read.code !== 'invalid') taken.push(String(tcId));
      }
    }
    expect(taken).toEqual([]);
  });

  it("of a provider's tokens pass the signatures that shall, by algorithms of the lobby's list", async () => {
    const wrong: string[] = [];
    for (const { public: published, private: own, tests } of signatureGroups()) {
      const key = published ?? own;
      const keys = createLocalJWKSet({ keys: [publicPart(key)] });
      for (const { tcId, comment, jws, result } of tests) {
        const passed = await compactVerify(String(jws), keys, { algorithms: [...ALGORITHMS] }).then(
          () => true,
          () => false,
        );
        const shall = result === 'valid' && ALGORITHMS.includes(key.alg ?? '');
        if (passed !== shall) wrong.push(`${tcId} ${comment}`);
      }
    }
    // Figure 20 of RFC 7520 is signed with PS384; that the key here is said to be for PS256 is reason enough to refuse.
    expect(wrong).toEqual(['346 Figure20', '350 Figure20']);
  });
});

/** A private key in a set of public ones would be refused for that alone. */
function publicPart<Key extends object>(key: Key): Key {
  const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi'];
  return Object.fromEntries(Object.entries(key).filter(([name]) => !secret.includes(name))) as Key;
}
