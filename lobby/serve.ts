import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { AccessTokens } from './auth/accessTokens';
import { Bridges } from './bridges/bridges';
import { readAccessTokens } from './auth/accessTokensFile';
import { byCredentials } from './auth/authenticate';
import { LdapWay } from './auth/ldap';
import { OidcWay } from './auth/oidc';
import { type Authenticate, byReach } from './auth/caller';
import { connectRedis } from './limits/counter';
import { FailedLogins } from './limits/failedLogins';
import { RequestLimits } from './limits/requestLimits';
import { KeyWatch } from './keys/keyWatch';
import { newLog } from './observe/log';
import { Metrics } from './observe/metrics';
import { Readiness } from './observe/readiness';
import { buildServer } from './server';
import { type Settings, addressIsUnknown } from './settings';
import { keyServerName } from './keys/signingKey';
import { StartFailure } from './startFailure';
import { settingsOf, tokenIssuerOf } from './startSettings';
import { stopOnSignal } from './stopOnSignal';
import type { TokenIssuer } from './tokens/roomToken';

/**
 * Starts the lobby; it then runs until a signal stops it.
 *
 * @param program how the operator calls this program, for the commands in messages.
 * @throws StartFailure when a setting, the key or the port makes it impossible.
 */
export async function serve(environment: NodeJS.ProcessEnv, program: string): Promise<void> {
  const settings = settingsOf(environment, program, say);
  const issuer = await tokenIssuerOf(settings, program);
  const log = newLog();
  const { redisUrl } = settings.limits;
  const redis = redisUrl === undefined ? undefined : connectRedis(redisUrl, log);
  try {
    await start(settings, issuer, redis, log, program);
  } catch (error) {
    // Its connection, or the next attempt at one, would keep the process from ending.
    redis?.disconnect();
    throw error;
  }
}

async function start(
  settings: Settings,
  issuer: TokenIssuer,
  redis: Redis | undefined,
  log: Logger,
  program: string,
): Promise<void> {
  const bridges = new Bridges(settings.bridges, log);
  const readiness = new Readiness();
  readiness.add('deployments', () =>
    settings.deployments.every(({ id }) => bridges.areGone(id))
      ? 'no deployment takes conferences'
      : undefined,
  );
  if (addressIsUnknown(settings)) {
    say(
      `LOBBY_PUBLIC_URL is not set: invite links carry whatever Host each request to ${settings.host} came by. Set it to ` +
        'the address that people reach the lobby by, such as https://lobby.example.com.',
    );
  }
  const { ldap: ldapSettings } = settings.auth;
  const ldap = ldapSettings && new LdapWay(ldapSettings, log);
  const { keys } = issuer;
  const keyWatch = settings.keys && new KeyWatch(settings.keys, keys, log, program);
  const app = buildServer(
    {
      settings,
      bridges,
      readiness,
      metrics: new Metrics({
        deployments: settings.deployments,
        bridges,
        keyAge: () => {
          const now = new Date();
          const signing = keys.signing(now);
          return signing && (now.getTime() - signing.madeAt.getTime()) / 1000;
        },
      }),
      issuer,
      authenticate: await authenticateOf(settings, ldap, redis, log, program),
      limits: new RequestLimits(settings.limits, redis),
    },
    log,
  );
  app.addHook('onClose', (_instance, done) => {
    bridges.stop();
    keyWatch?.stop();
    ldap?.stop();
    redis?.disconnect();
    done();
  });
  const origin = await listen(app, settings);
  bridges.watch();
  keyWatch?.start();
  ldap?.start();
  // Also without keys: a signal that means "read your files anew" must not end the process.
  process.on('SIGHUP', () => void keyWatch?.reload());
  stopOnSignal(app, log);

  const deployments = settings.deployments.map(({ id, url }) => `${id}=${url}`).join(',');
  const asap = addressIsUnknown(settings)
    ? '/asap at the address that Prosody reaches this lobby by'
    : `${settings.publicUrl ?? origin}/asap`;
  const published = keys.published(new Date()).map(({ kid }) => `key ${kid}: ${keyServerName(kid)}.pem`);
  const keyServer = published.length === 0 ? [] : [`Prosody's key server: ${asap}`, ...published];
  say([`Parley lobby is listening on ${origin}`, `deployments: ${deployments}`, ...keyServer].join('; '));
}

async function authenticateOf(
  settings: Settings,
  ldap: LdapWay | undefined,
  redis: Redis | undefined,
  log: Logger,
  program: string,
): Promise<Authenticate> {
  const { open, accessTokensFile, oidc } = settings.auth;
  if (open) {
    say(`LOBBY_AUTH is none: everyone who reaches ${settings.host} may open rooms.`);
    return byReach(settings);
  }
  return byCredentials({
    tokens: accessTokensFile === undefined ? undefined : await accessTokensOf(accessTokensFile, log, program),
    oidc: oidc && new OidcWay(oidc, log),
    ldap,
    failedLogins: new FailedLogins(redis),
  });
}

async function accessTokensOf(file: string, log: Logger, program: string): Promise<AccessTokens> {
  const tokens = await readAccessTokens(file);
  if (tokens.length === 0) say(`Nobody has an access token yet. Make one: ${program} token add USER`);
  return new AccessTokens(file, tokens, log);
}

async function listen(app: FastifyInstance, { host, port }: Settings): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const place = `${host}:${port}`;
    if (code === 'EADDRINUSE') {
      throw new StartFailure(
        `Another program listens on ${place} already. Stop it, or set LOBBY_PORT to a free port.`,
      );
    }
    throw new StartFailure(`The lobby cannot listen on ${place} (${code}). Check LOBBY_HOST and LOBBY_PORT.`);
  }
  const bound = app.server.address() as AddressInfo;
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
