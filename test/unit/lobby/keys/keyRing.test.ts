import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRing, type RingKey } from '../../../../lobby/keys/keyRing';
import { type SigningKey, keyServerName } from '../../../../lobby/keys/signingKey';
import { newIssuer } from '../tokens';

const start = new Date('2026-03-01T12:00:00Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const oneKey: SigningKey = newIssuer().key;
const made = (kid: string, signsFrom: number | undefined): RingKey => ({
  kid,
  key: { ...oneKey, statementSecret: createSecretKey(Buffer.from(kid.padEnd(32))), publicPem: kid },
  madeAt: start,
  signsFrom: signsFrom === undefined ? undefined : at(signsFrom),
});
const kids = (keys: readonly RingKey[]) => keys.map(({ kid }) => kid);

describe('a ring of a directory', () => {
  const ring = new KeyRing([made('a', undefined), made('b', 30), made('c', 1000)], 600, undefined);

  it('signs with the newest key that has begun to', () => {
    expect([29, 30, 999, 1000].map((seconds) => ring.signing(at(seconds))?.kid)).toEqual([
      'a',
      'b',
      'b',
      'c',
    ]);
  });

  it('publishes a new key before it signs, and an old one until its last token has ended', () => {
    expect(kids(ring.published(at(0)))).toEqual(['a', 'b', 'c']);
    expect(kids(ring.published(at(30 + 659)))).toEqual(['a', 'b', 'c']);
    expect(kids(ring.published(at(30 + 660)))).toEqual(['b', 'c']);
    expect(kids(ring.published(at(1000 + 660)))).toEqual(['c']);
    expect(ring.publishedAs(keyServerName('a'), at(0))).toBe('a');
    expect(ring.publishedAs(keyServerName('a'), at(2000))).toBeUndefined();
  });

  it('knows the statements of every key, also of those no longer published', () => {
    const names = ring.statementSecrets(at(5000)).map((secret) => secret.export().toString().trim());
    expect(names).toEqual(['c', 'a', 'b']);
  });
});

it('publishes all that the settings name, and signs with the last', () => {
  const ring = new KeyRing([made('a', undefined), made('b', undefined)], 600, undefined);
  expect(ring.signing(start)?.kid).toBe('b');
  expect(kids(ring.published(at(1e6)))).toEqual(['a', 'b']);
});

it('without RSA keys signs statements with a secret of its own', () => {
  const secret = createSecretKey(Buffer.alloc(32));
  const ring = new KeyRing([], 600, secret);
  expect([ring.signing(start), ring.published(start), ring.statementSecrets(start)]).toEqual([
    undefined,
    [],
    [secret],
  ]);
});
