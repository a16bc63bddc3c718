/**
 * What Prosody with Jitsi's token plugins makes of a token: at login, and again at the room's door.
 *
 * Order and wording follow jitsi-meet `resources/prosody-plugins/luajwtjitsi.lib.lua` (`M.verify`) and
 * `token/util.lib.lua` (`process_and_verify_token`); the wording that was seen is in `recordings/refusals-and-cuts.jsonl`.
 * Where these rules differ from the plugins they are stricter, and say so.
 */
import { createHmac, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { PublicKeys } from './asapKeys';

/** How a deployment judges tokens. `now` is its clock, in milliseconds as `Date.now()` gives them. */
export interface TokenRules {
  appId: string;
  xmppDomain: string;
  /** Whose rooms they are, where there are tenants: `sub` names it. */
  tenant?: string;
  tokenRequired: boolean;
  keys: PublicKeys;
  /** `app_secret`: tokens are HS256 then, and no key is asked for. */
  secret?: string;
  now: () => number;
}

/** What of a token goes on being used once it has been let in: the plugins bind it to the session. */
export interface SessionClaims {
  room: string;
  sub: string;
  displayName?: string;
}

/** A login turned away: `message` is what the page is told. */
export interface LoginRefusal {
  kind: 'refused';
  message: string;
  /** The page may try again with a login of its own (recorded for a missing token). */
  recoverable: boolean;
  /** The web client's own look at the token finds a fault too, and its notification says so (`base/jwt/functions.ts`). */
  clientSeesWhy: boolean;
}

/** `unanswered`: the plugin fails on the token, and the page never hears of its login again. */
export type LoginVerdict = { kind: 'let-in'; claims?: SessionClaims } | LoginRefusal | { kind: 'unanswered' };

/** The message of a token that fits another room or another domain (recorded at the door). */
export const ROOM_MISMATCH = 'Room and token mismatched';

const JsonObject = z.record(z.string(), z.unknown());
type JsonObject = z.infer<typeof JsonObject>;

const UserContext = z.object({ user: z.object({ name: z.string() }) });

/** The decision at login: signature and lifetime. Which room it is for is asked at the door. */
export async function judgeLogin(token: string | undefined, rules: TokenRules): Promise<LoginVerdict> {
  if (token === undefined) return rules.tokenRequired ? refused('token required', true) : { kind: 'let-in' };
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const header = jsonPart(head);
  if (!header) return refused('bad token format');
  const key = rules.secret ?? (await keyFor(header, rules.keys));
  if (typeof key === 'object' && 'refusal' in key) return refused(key.refusal);
  if (signature === '' || rest.length > 0) return refused('Invalid token');
  const payload = jsonPart(body);
  if (!payload) return refused('Invalid body');
  if (header['typ'] !== 'JWT') return refused('Invalid typ');
  if (header['alg'] !== (rules.secret === undefined ? 'RS256' : 'HS256'))
    return refused('Invalid or incorrect alg');
  if (!signedBy(key, `${head}.${body}`, signature)) return refused('Invalid signature');
  return judgeClaims(payload, rules);
}

async function keyFor(header: JsonObject, keys: PublicKeys): Promise<KeyObject | { refusal: string }> {
  const kid = header['kid'];
  if (typeof kid !== 'string' || kid === '') return { refusal: "'kid' claim is missing" };
  return (await keys.publicKey(kid)) ?? { refusal: 'could not obtain public key' };
}

/** The decision at the room's door: `room` is the MUC node, lower case, and is compared exactly. */
export function fitsRoom(claims: SessionClaims | undefined, room: string, rules: TokenRules): boolean {
  if (!claims) return !rules.tokenRequired;
  const roomFits = claims.room === '*' || claims.room === room;
  return roomFits && (claims.sub === '*' || claims.sub === (rules.tenant ?? rules.xmppDomain));
}

function judgeClaims(payload: JsonObject, { appId, now }: TokenRules): LoginVerdict {
  const seconds = Math.floor(now() / 1000);
  const { exp, nbf, iss, aud, room, sub } = payload;
  // Stricter than the plugins, which let a token without an end pass.
  if (exp === undefined) return refused("'exp' claim is missing", false, true);
  if (typeof exp !== 'number') return refused('exp must be number', false, true);
  if (nbf !== undefined && typeof nbf !== 'number') return refused('nbf must be number', false, true);
  if (seconds >= exp) {
    return refused(`Not acceptable by exp (${luaNumber(seconds - exp)} sec since expired)`, false, true);
  }
  if (nbf !== undefined && seconds < nbf) return refused('Not acceptable by nbf', false, true);
  if (iss === undefined) return refused("'iss' claim is missing");
  if (iss !== appId) return refused("invalid 'iss' claim");
  if (aud === undefined) return refused("'aud' claim is missing");
  // Stricter than the plugins, whose accepted audiences are `*` by default.
  if (aud !== appId) return refused("invalid 'aud' claim");
  if (typeof room !== 'string' || typeof sub !== 'string') return { kind: 'unanswered' };
  const context = UserContext.safeParse(payload['context']);
  return {
    kind: 'let-in',
    claims: { room, sub, ...(context.success ? { displayName: context.data.user.name } : {}) },
  };
}

function refused(message: string, recoverable = false, clientSeesWhy = false): LoginRefusal {
  return { kind: 'refused', message, recoverable, clientSeesWhy };
}

/** One part of a token: base64url without padding (RFC 7515 section 2) of a JSON object. */
function jsonPart(part: string): JsonObject | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return undefined;
  try {
    return JsonObject.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function signedBy(key: KeyObject | string, signed: string, signature: string): boolean {
  if (!/^[A-Za-z0-9_-]+$/.test(signature)) return false;
  if (typeof key === 'string') {
    return createHmac('sha256', key).update(signed).digest('base64url') === signature;
  }
  return verify('RSA-SHA256', Buffer.from(signed), key, Buffer.from(signature, 'base64url'));
}

/** A number as Lua prints the difference of two times: `63.0`. */
function luaNumber(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
