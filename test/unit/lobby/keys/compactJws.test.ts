import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { encodeHeader, signHs256, signRs256 } from '../../../../lobby/keys/compactJws';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const secret = createSecretKey(Buffer.alloc(32, 7));

const claims = fc.record({
  room: fc.string(),
  context: fc.record({ user: fc.dictionary(fc.string(), fc.string()) }),
});

it('signs with RSA whatever the claims are, as another implementation verifies it', async () => {
  await fc.assert(
    fc.asyncProperty(claims, async (said) => {
      const header = { alg: 'RS256', typ: 'JWT', kid: 'a' } as const;
      const token = await signRs256(encodeHeader(header), said, privateKey);
      expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{342}$/);
      const { payload, protectedHeader } = await jwtVerify(token, publicKey, { algorithms: ['RS256'] });
      expect([protectedHeader, payload]).toEqual([header, JSON.parse(JSON.stringify(said))]);
    }),
    { numRuns: 30 },
  );
});

it('signs with a secret, as another implementation verifies it', async () => {
  await fc.assert(
    fc.asyncProperty(claims, async (said) => {
      const token = signHs256(encodeHeader({ alg: 'HS256', typ: 'x' }), said, secret);
      const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], typ: 'x' });
      expect(payload).toEqual(JSON.parse(JSON.stringify(said)));
    }),
    { numRuns: 30 },
  );
});

it('tells when a key cannot sign', async () => {
  await expect(signRs256(encodeHeader({ alg: 'RS256', typ: 'JWT' }), {}, publicKey)).rejects.toThrow();
});
