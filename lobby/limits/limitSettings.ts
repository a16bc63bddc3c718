import { isIP } from 'node:net';
import type { Given } from '../given';
import { readSecret } from '../secretVariable';
import type { Rate } from './counter';

export interface LimitSettings {
  /** What one account may ask for; `undefined`: no limit. */
  perUser: Rate | undefined;
  /** What one address may ask for, whoever sits behind it; `undefined`: no limit. */
  perAddress: Rate | undefined;
  /** Redis or Valkey, for several lobbies that share their limits. */
  redisUrl: string | undefined;
  /** Proxies whose word on the address is believed: addresses and networks, or how many stand before the lobby. */
  trustProxy: false | number | readonly string[];
  /** Origins whose pages may ask by script. */
  corsOrigins: readonly string[];
}

const UNITS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };
/** 20 calls a second, for minutes, are no person any more. */
const PER_USER = '1200/min';
/** An office, or a company, behind one address. */
const PER_ADDRESS = '12000/min';
/** Most proxies that may stand in a row. */
const HOPS_MAX = 10;

export function readLimitSettings(given: Given): { value: LimitSettings } | { faults: string[] } {
  const faults: string[] = [];
  const rate = (name: string, otherwise: string): Rate | undefined => {
    const text = given[name] ?? otherwise;
    if (text === 'off') return undefined;
    const [, points, unit = ''] = /^([1-9]\d{0,6})\/(s|min|h)$/.exec(text) ?? [];
    const duration = UNITS[unit];
    if (points === undefined || duration === undefined) {
      faults.push(`${name} takes a rate such as 100/min, 20/s or 5000/h; or off.`);
      return undefined;
    }
    return { points: Number(points), duration };
  };
  const perUser = rate('LOBBY_RATE_LIMIT', PER_USER);
  const perAddress = rate('LOBBY_ADDRESS_RATE_LIMIT', PER_ADDRESS);
  const redis = readSecret(given, 'REDIS_URL');
  if ('faults' in redis) faults.push(...redis.faults);
  const redisUrl = 'value' in redis ? redis.value : undefined;
  if (redisUrl !== undefined && !isRedisUrl(redisUrl)) {
    faults.push(
      'REDIS_URL takes an address such as redis://127.0.0.1:6379 or rediss://:password@redis.example.com/0; in a ' +
        'password all but letters and digits is percent-encoded, as in %23 for #.',
    );
  }
  const trustProxy = readTrustProxy(given['LOBBY_TRUST_PROXY'], faults);
  const corsOrigins = readOrigins(given['LOBBY_CORS_ORIGINS'], faults);
  return faults.length > 0
    ? { faults }
    : { value: { perUser, perAddress, redisUrl, trustProxy, corsOrigins } };
}

/** Whether the client of Redis can take an address: it would throw on what is none, and guess at what is odd. */
function isRedisUrl(text: string): boolean {
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password, pathname, searchParams, hash } = new URL(text);
  return (
    hostname !== '' &&
    [username, password].every((part) => decoded(part) !== undefined) &&
    /^(\/\d{0,5})?$/.test(pathname) &&
    [...searchParams].every(([name, value]) => /^(db|family)$/.test(name) && /^\d{1,5}$/.test(value)) &&
    hash === ''
  );
}

/** `undefined` when it cannot be. (The bundler drops a call of `decodeURIComponent` whose result nobody reads.) */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function readTrustProxy(text: string | undefined, faults: string[]): LimitSettings['trustProxy'] {
  if (text === undefined || text === 'off') return false;
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= HOPS_MAX) return Number(text);
  const networks = text.split(',').map((entry) => entry.trim());
  if (networks.every(isNetwork)) return networks;
  faults.push(
    'LOBBY_TRUST_PROXY takes the proxies’ addresses, such as 127.0.0.1 or 10.0.0.0/8, or how many proxies stand ' +
      'before the lobby (1 to 10); or off.',
  );
  return false;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function readOrigins(text: string | undefined, faults: string[]): readonly string[] {
  const origins = text?.split(',').map((entry) => entry.trim()) ?? [];
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      faults.push(`LOBBY_CORS_ORIGINS takes origins such as https://app.example.com, not "${origin}".`);
    }
  }
  return origins;
}
