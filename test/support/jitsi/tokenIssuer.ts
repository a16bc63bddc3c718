import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Claims or header fields over the good ones; `undefined` leaves a field out. */
type Fields = Record<string, unknown>;

interface Changes {
  claims?: Fields;
  header?: Fields;
  /** Makes the signature, in place of RS256 with the issuer's own key. */
  signed?: (signingInput: string) => Buffer;
}

/** Signs room tokens as a lobby does, and, unlike one, also such as a deployment must refuse. */
export class TokenIssuer {
  readonly kid: string;
  readonly publicPem: string;
  readonly #privateKey: KeyObject;

  constructor(kid = 'CWMKey') {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.kid = kid;
    this.publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.#privateKey = privateKey;
  }

  /** A token that is good for the room for ten minutes from now, but for the changes asked for. */
  token(room: string, { claims, header, signed = (input) => this.sign(input) }: Changes = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const head = { typ: 'JWT', alg: 'RS256', kid: this.kid, ...header };
    const body = {
      iss: 'CodeWithMe',
      aud: 'CodeWithMe',
      sub: '127.0.0.1',
      room,
      nbf: now - 60,
      exp: now + 600,
      context: { user: { name: 'Ana' } },
      ...claims,
    };
    const input = `${encoded(head)}.${encoded(body)}`;
    return `${input}.${signed(input).toString('base64url')}`;
  }

  sign(signingInput: string): Buffer {
    return sign('RSA-SHA256', Buffer.from(signingInput), this.#privateKey);
  }
}

function encoded(fields: Fields): string {
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

/** The lobby's ASAP address, with the keys of the issuers it is given: `<url>/<sha256hex(kid)>.pem`. */
export interface AsapServer {
  url: string;
  /** The paths asked for so far. */
  asked: string[];
  stop(): Promise<void>;
}

export async function startAsapServer(issuers: readonly TokenIssuer[]): Promise<AsapServer> {
  const asked: string[] = [];
  const pems = new Map(
    issuers.map(({ kid, publicPem }) => [
      `/asap/${createHash('sha256').update(kid).digest('hex')}.pem`,
      publicPem,
    ]),
  );
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const pem = pems.get(url);
    response.writeHead(pem === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(pem);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/asap`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
