/** Lets in whoever brings a token of the operator's OpenID provider. */
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { Logger } from 'pino';
import { z } from 'zod';
import { boundedAnswer, boundedText } from '../../shared/boundedAnswer';
import { isSecureUrl } from '../../shared/webUrl';
import { publicIdOf, type Caller } from './caller';
import { Refusal } from '../problem';

export interface OidcSettings {
  issuer: string;
  /** What `aud` must name. */
  audience: string;
  /** The desktop's client at the provider. */
  clientId: string;
  /** Signature algorithms that are taken; never `none`, never one with a shared secret. */
  algorithms: readonly string[];
  /** Paths of claims, such as `groups` or `realm_access.roles`. */
  claims: { user: string; name: string; email: string; groups: string };
  /** Group without which nobody is let in. */
  requiredGroup: string | undefined;
  /** Group whose members are moderators; without it everybody is. */
  moderatorGroup: string | undefined;
  /** What the desktop asks the provider for. */
  scopes: readonly string[];
}

/** Longest wait for the provider, in ms. */
const PROVIDER_TIMEOUT_MS = 3_000;
/** Longest answer of the provider that is read, in bytes; a large one's keys have some 10 kB. */
const ANSWER_MAX_BYTES = 262_144;
/** How long the provider's keys are used without asking again, in ms; an unknown kid asks at once. */
const KEYS_MAX_AGE_MS = 600_000;
/** Shortest time between two questions for keys, in ms: made-up kids must not make the lobby knock at the provider's door. */
const KEYS_COOLDOWN_MS = 10_000;
/** How far the provider's clock may be off, in seconds. */
const CLOCK_TOLERANCE = 30;
/** When to come back, in seconds. */
const RETRY_AFTER = 5;
/** `typ` of tokens that say who somebody is: ID tokens (mostly without one), access tokens (RFC 9068). */
const TYPES: ReadonlySet<string> = new Set(['', 'jwt', 'at+jwt', 'application/at+jwt', 'application/jwt']);

/** OpenID Connect Core section 5.1. Everybody in the room would fetch it, so no other scheme will do. */
const Picture = z.url({ protocol: /^https$/ }).max(1_000);

/** OpenID Connect Discovery 1.0 section 3, as far as the lobby needs it. */
const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

export class OidcWay {
  readonly #settings: OidcSettings;
  readonly #log: Logger;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(settings: OidcSettings, log: Logger) {
    this.#settings = settings;
    this.#log = log;
  }

  /** @throws Refusal: the token is none of the provider's for us, a group is missing, or the provider cannot be reached. */
  async callerOf(token: string): Promise<Caller> {
    const claims = await this.#verified(token);
    const { requiredGroup, moderatorGroup, claims: names } = this.#settings;
    const groups = groupsIn(claimAt(claims, names.groups));
    if (requiredGroup !== undefined && !groups.includes(requiredGroup)) {
      throw new Refusal('forbidden', { detail: `This takes the group ${requiredGroup}.` });
    }
    const subject = claims.sub ?? '';
    const text = (path: string) => {
      const value = claimAt(claims, path);
      return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;
    };
    const [name, email] = [text(names.name), text(names.email)];
    const picture = Picture.safeParse(claims['picture']);
    // The one claim that stays the same person's for good (OpenID Connect Core section 5.7).
    const publicId = publicIdOf(`${this.#settings.issuer}#${subject}`);
    return {
      user: text(names.user) ?? subject,
      account: publicId,
      publicId,
      moderator: moderatorGroup === undefined || groups.includes(moderatorGroup),
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(picture.success ? { avatarUrl: picture.data } : {}),
    };
  }

  async #verified(token: string): Promise<JWTPayload> {
    const { issuer, audience, algorithms } = this.#settings;
    const keys = await this.#keySet();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: [...algorithms],
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE,
      });
      if (!TYPES.has((protectedHeader.typ ?? '').toLowerCase())) throw new errors.JWTInvalid('typ');
      return payload;
    } catch (error) {
      if (isOfTheToken(error)) {
        throw new Refusal('unauthorized', {
          detail:
            error instanceof errors.JWTExpired
              ? 'The sign-in has expired. Sign in again.'
              : 'The token is not one that the provider has issued for this lobby.',
          headers: { 'www-authenticate': 'Bearer realm="parley", error="invalid_token"' },
        });
      }
      throw this.#unavailable(error);
    }
  }

  #keySet(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#discover().catch((error: unknown) => {
      this.#keys = undefined;
      throw this.#unavailable(error);
    });
    return this.#keys;
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const { issuer } = this.#settings;
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS),
    });
    if (response.status !== 200) throw new Error(`its configuration is answered with ${response.status}`);
    const found = Discovery.parse(JSON.parse(await boundedText(response, ANSWER_MAX_BYTES)));
    if (found.issuer !== issuer) throw new Error(`it calls itself ${found.issuer}`);
    const address = new URL(found.jwks_uri);
    if (!isSecureUrl(address)) throw new Error('its keys are at an address that is not protected');
    return createRemoteJWKSet(address, {
      timeoutDuration: PROVIDER_TIMEOUT_MS,
      cacheMaxAge: KEYS_MAX_AGE_MS,
      cooldownDuration: KEYS_COOLDOWN_MS,
      [customFetch]: async (url, init) =>
        boundedAnswer(await fetch(url, init), ANSWER_MAX_BYTES, init.signal),
    });
  }

  #unavailable(error: unknown): Refusal {
    const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
    this.#log.error({ issuer: this.#settings.issuer, reason }, 'the OpenID provider cannot be asked');
    return new Refusal('unavailable', {
      detail: 'The sign-in service does not answer. Try again in a moment.',
      headers: { 'retry-after': String(RETRY_AFTER) },
    });
  }
}

/** Whether a token is at fault, and not the way to the provider's keys. */
function isOfTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== 'ERR_JOSE_GENERIC'
  );
}

function claimAt(claims: JWTPayload, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((value, step) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
      ? (value as Record<string, unknown>)[step]
      : undefined;
  }, claims);
}

/** A text is one group, whatever is in it: names of groups may have blanks and commas. */
function groupsIn(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter((group) => typeof group === 'string') : [];
}
