/**
 * What `checkRoomLink` makes of signatures and keys that others made to break such checks. Their payloads are no claims of
 * ours, so none of them makes a good link: told apart is whether the signature was what the check stumbled over.
 */
import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto';
import type { JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { checkRoomLink } from '../../../../main/security/roomLink';
import { cookbook, haveVectors, keyGroups, signatureGroups } from '../../../support/vectors';
import { claims, expectation, grantFor, newLobby, now, verdict } from './roomGrants';

/** Whether the signature passes: what is said against the token then is of its claims. */
async function passes(token: string, keys: readonly JWK[]): Promise<boolean> {
  const expected = { ...expectation(await lobby), keySet: { keys } };
  const found = await checkRoomLink(grantFor(token, { url: addressWith(token) }), expected, now);
  return !found.ok && found.fault === 'malformed' && /^(ERR_JWT_INVALID|typ|exp)$/.test(found.detail);
}
const lobby = newLobby();
const addressWith = (token: string) =>
  `https://meet.example.com/brisk-otter?${new URLSearchParams({ jwt: token }).toString()}`;

/** RFC 7515 appendix A.1 to A.3 and A.5: one payload, four ways to sign it. */
const PAYLOAD =
  'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
const RFC_7515 = {
  hs256: {
    token: `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`,
    key: {
      kty: 'oct',
      k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
    },
  },
  rs256: {
    token: `eyJhbGciOiJSUzI1NiJ9.${PAYLOAD}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw`,
    key: {
      kty: 'RSA',
      n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
      e: 'AQAB',
    },
  },
  es256: {
    token: `eyJhbGciOiJFUzI1NiJ9.${PAYLOAD}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q`,
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
  },
  none: { token: `eyJhbGciOiJub25lIn0.${PAYLOAD}.` },
} as const;

describe('of RFC 7515, appendix A', () => {
  it('the signature with RS256 passes, alone', async () => {
    const { hs256, rs256, es256, none } = RFC_7515;
    expect(await passes(rs256.token, [rs256.key])).toBe(true);
    expect(await passes(rs256.token.replace('.cC4h', '.cC4i'), [rs256.key])).toBe(false);
    expect(await passes(hs256.token, [hs256.key])).toBe(false);
    expect(await passes(es256.token, [es256.key])).toBe(false);
    expect(await passes(none.token, [rs256.key])).toBe(false);
  });
});

describe.skipIf(!haveVectors)('of the vectors of others', () => {
  it('the RS256 example of RFC 7520 (4.1) passes, the HS256 one (4.4) does not', async () => {
    const rsa = cookbook('rfc7520_4_1.rsa_v15_signature.json');
    const hmac = cookbook('rfc7520_4_4.hmac-sha2_integrity_protection.json');
    const { kty, kid, use, n, e } = rsa.input.key;
    expect(await passes(rsa.output.compact, [{ kty, kid, use, n, e } as JWK])).toBe(true);
    expect(await passes(hmac.output.compact, [hmac.input.key])).toBe(false);
  });

  it("of Wycheproof's signatures pass the good ones with RS256, and no other", async () => {
    const wrong: string[] = [];
    let [good, bad] = [0, 0];
    for (const { public: published, private: own, tests } of signatureGroups()) {
      const key = published ?? own;
      for (const { tcId, comment, jws, result } of tests) {
        if (typeof jws !== 'string') continue;
        const shall = result === 'valid' && key.alg === 'RS256';
        if ((await passes(jws, [key])) !== shall) wrong.push(`${tcId} ${comment}`);
        if (shall) good += 1;
        else bad += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect([good, bad]).toEqual([8, 393]);
  });

  it('a good token passes under a sound key for RS256 signatures, and not under a small or another kind of key', async () => {
    const found = new Map<string, string>();
    for (const { comment, public: published, private: own } of keyGroups()) {
      const [key] = own.keys;
      if (key?.kty !== 'RSA' || published === undefined || key['crv'] !== undefined) continue;
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const input = `${part({ alg: 'RS256', typ: 'JWT', kid: key.kid })}.${part(claims)}`;
      const signer = createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });
      const token = `${input}.${sign('sha256', Buffer.from(input), signer).toString('base64url')}`;
      const said = await verdict(grantFor(token), { ...expectation(await lobby), keySet: published });
      found.set(`${comment} for ${key.use ?? ''} ${key.alg ?? ''}`, said);
    }
    expect(Object.fromEntries(found)).toEqual({
      'rs256 for sig RS256': 'good: 7a1c',
      'rs256 for enc RSA1_5': 'signature: ERR_JWKS_NO_MATCHING_KEY',
      'keysize_too_small for sig RS256': 'malformed: token',
      // The client leaves these two to the lobby, which does not start with such a key.
      'jws_rsa_roca_key for sig RS256': 'good: 7a1c',
      'exponentOne for sig RS256': 'good: 7a1c',
    });
  });
});
