import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import type { JitsiDeployment } from '../../../lobby/deployments';
import { KeyRing } from '../../../lobby/keys/keyRing';
import { Statements } from '../../../lobby/keys/statements';
import type { TokenIssuer } from '../../../lobby/tokens/roomToken';
import { type SigningKey, statementSecretOf } from '../../../lobby/keys/signingKey';
import { RoomName } from '../../../shared/roomName';

/** A token issuer with a key of its own. */
export function newIssuer(): TokenIssuer & { key: SigningKey } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const key = { privateKey, publicKey, publicPem, statementSecret: statementSecretOf(privateKey) };
  const keys = new KeyRing(
    [{ kid: 'CWMKey', key, madeAt: new Date(0), signsFrom: undefined }],
    600,
    undefined,
  );
  const statements = new Statements('CodeWithMe', () => keys.statementSecrets(new Date()));
  return { tokenTtl: 600, key, keys, statements, claims: { user: new Set(['name']), features: undefined } };
}

export const deployment: JitsiDeployment = {
  id: 'eu',
  region: 'eu',
  url: 'https://meet.example.com',
  appId: 'CodeWithMe',
  xmppDomain: 'meet.jitsi',
  tenant: undefined,
  secret: undefined,
};

export const room = RoomName.parse('brisk-otter-maple-quill');

/** A source of public keys that knows one key. */
export const oneKey = (kid: string, key: KeyObject) => ({
  publicKey: (asked: string) => Promise.resolve(asked === kid ? key : undefined),
});

/** Header and claims of a compact JWS, unchecked. */
export function partsOf(token: string): [header: Record<string, unknown>, claims: Record<string, unknown>] {
  const [header = '', claims = ''] = token.split('.');
  const json = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  return [json(header), json(claims)];
}
