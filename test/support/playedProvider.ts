/** An OpenID provider that can answer anything: well until it is told otherwise, place by place. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export type ProviderPlace = 'discovery' | 'keys' | 'token';
type Played = (response: ServerResponse) => void;

const PATHS: Readonly<Record<string, ProviderPlace>> = {
  '/.well-known/openid-configuration': 'discovery',
  '/keys': 'keys',
  '/token': 'token',
};
const KID = 'played-key';

export interface PlayedProvider {
  issuer: string;
  /** What has been asked of it. */
  readonly asked: ProviderPlace[];
  /** Answers there in that way from now on; without `how` as a good provider does. */
  play(place: ProviderPlace, how?: Played): void;
  /** How far its clock is ahead, in seconds. */
  ahead: number;
  /** What a good provider answers there. */
  good(place: ProviderPlace): Promise<Record<string, unknown>>;
  /** Signs with the provider's key. */
  sign(claims: JWTPayload, header?: { alg?: string; kid?: string }): Promise<string>;
  stop(): Promise<void>;
}

/** `clientId` and `subject` stand in its ID tokens. */
export async function startPlayedProvider(clientId: string, subject: string): Promise<PlayedProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const played = new Map<ProviderPlace, Played>();
  const asked: ProviderPlace[] = [];
  const server = createServer((request, response) => {
    const place = PATHS[(request.url ?? '').split('?', 1)[0] ?? ''];
    if (place === undefined) {
      response.writeHead(404).end();
      return;
    }
    asked.push(place);
    response.setHeader('Date', new Date(Date.now() + provider.ahead * 1000).toUTCString());
    const how = played.get(place);
    if (how !== undefined) how(response);
    else void good(place).then((body) => sendJson(body)(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign: PlayedProvider['sign'] = (claims, header = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: KID, typ: 'JWT', ...header })
      .sign(privateKey);
  async function good(place: ProviderPlace): Promise<Record<string, unknown>> {
    switch (place) {
      case 'discovery':
        return {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        };
      case 'keys':
        return { keys: [key] };
      case 'token': {
        const iat = Math.floor(Date.now() / 1000) + provider.ahead;
        const id_token = await sign({ iss: issuer, aud: clientId, sub: subject, iat, exp: iat + 600 });
        return {
          token_type: 'Bearer',
          access_token: 'access',
          expires_in: 600,
          refresh_token: 'next',
          id_token,
        };
      }
    }
  }
  const provider: PlayedProvider = {
    issuer,
    ahead: 0,
    asked,
    play: (place, how) => {
      if (how === undefined) played.delete(place);
      else played.set(place, how);
    },
    good,
    sign,
    stop: () => close(server),
  };
  return provider;
}

export const sendJson =
  (body: unknown): Played =>
  (response) => {
    // Not every generated value has a JSON text.
    const text = JSON.stringify(body) as string | undefined;
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(text ?? 'null');
  };

export const redirectTo =
  (address: string, status = 302): Played =>
  (response) => {
    response.writeHead(status, { Location: address }).end();
  };

/** Bytes of JSON without end, as fast as they are taken. `sent` counts what has left. */
export function flood(): { how: Played; sent: () => number; cut: Promise<unknown> } {
  let sent = 0;
  let onCut: () => void = () => undefined;
  const cut = new Promise<void>((resolve) => (onCut = resolve));
  const how: Played = (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write('{"issuer":"');
    const more = () => {
      while (!response.destroyed) {
        sent += 65_536;
        if (!response.write('a'.repeat(65_536))) return void response.once('drain', more);
      }
    };
    response.once('close', onCut);
    more();
  };
  return { how, sent: () => sent, cut };
}

/** One byte after the other, never the last. */
export const drip: Played = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
};

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
