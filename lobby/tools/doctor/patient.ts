import type { RoomName } from '../../../shared/roomName';

/** A deployment as doctor examines it. */
export interface Patient {
  id: string;
  /** Without a trailing slash. */
  url: string;
  /** Of its Prosody. */
  xmppDomain: string;
  /** Whose rooms they are, where it serves several tenants. */
  tenant: string | undefined;
  /** What the lobby writes into `iss` and `aud`. */
  appId: string;
  /** How Prosody must check: by a public key that it fetches from the key server, or by a shared secret. */
  check: { alg: 'RS256'; keyServer: string } | { alg: 'HS256' };
  /** Addresses of the bridges' statistics. */
  bridges: readonly string[];
  /** A guest's room token as the lobby signs it, as if it were `now`. */
  issue: (room: RoomName, now: Date) => Promise<string>;
  /** How long such a token is good, seconds. */
  tokenTtl: number;
}
