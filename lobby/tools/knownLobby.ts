import type { JitsiDeployment } from '../deployments';
import type { TokenIssuer } from '../tokens/roomToken';
import { type Settings } from '../settings';
import { settingsOf, tokenIssuerOf } from '../startSettings';
import { algOf } from '../tokens/deploymentTokens';
import { localAddress } from './localAddress';

/** A deployment as this lobby serves it. */
export interface KnownDeployment extends JitsiDeployment {
  /** How its Prosody checks room tokens: by the key server or by a shared secret. */
  alg: 'RS256' | 'HS256';
  /** Addresses of its bridges' statistics. */
  bridges: readonly string[];
}

/** What the operator's tools know of this lobby: the same settings and the same key as `serve`. */
export interface KnownLobby {
  settings: Settings;
  deployments: readonly [KnownDeployment, ...KnownDeployment[]];
  issuer: TokenIssuer;
  /** Origin at which Prosody and people reach the lobby. */
  origin: string;
  /** Whether `LOBBY_PUBLIC_URL` says so; else it is where a program on this machine finds it. */
  originIsGiven: boolean;
  /** What Prosody's `asap_key_server` must be. */
  keyServer: string;
  /** Public keys that the key server has, in PEM, by key id. */
  publicKeys: ReadonlyMap<string, string>;
}

/** @throws StartFailure as `serve` would. */
export async function knownLobby(
  environment: NodeJS.ProcessEnv,
  program: string,
  say: (line: string) => void,
): Promise<KnownLobby> {
  const settings = settingsOf(environment, program, say);
  const issuer = await tokenIssuerOf(settings, program);
  const { host, port, publicUrl } = settings;
  const known = (deployment: JitsiDeployment): KnownDeployment => ({
    ...deployment,
    alg: algOf(deployment),
    bridges: settings.bridges.get(deployment.id) ?? [],
  });
  const [first, ...others] = settings.deployments;
  const origin = publicUrl ?? `http://${localAddress(host, port)}`;
  return {
    settings,
    deployments: [known(first), ...others.map(known)],
    issuer,
    origin,
    originIsGiven: publicUrl !== undefined,
    keyServer: `${origin}/asap`,
    publicKeys: new Map(issuer.keys.published(new Date()).map(({ kid, key }) => [kid, key.publicPem])),
  };
}
