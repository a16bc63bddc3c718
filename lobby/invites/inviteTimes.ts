import type { InviteWish } from '../../shared/lobbyApi';
import type { Given } from '../given';

/** Longest life of any invite, days. Keys that could have signed one must be kept for as long. */
const DAYS_MAX = 30;
const LIFETIME_MAX = DAYS_MAX * 24 * 60 * 60;
const LIFETIME_MIN = 60;
const LIFETIME_DEFAULT = 24 * 60 * 60;

/** How long invites are good, seconds. */
export interface InviteLifetimes {
  /** Of an invite whose end nobody chose, from when it opens. */
  usual: number;
  /** From now on, whatever a caller asks for. */
  longest: number;
}

/** From when to when an invite is good. Whole seconds, as in JSON Web Tokens. */
export interface InviteTimes {
  /** `undefined`: at once. */
  opensAt: Date | undefined;
  expiresAt: Date;
}

/** Reads `LOBBY_INVITE_TTL` and `LOBBY_INVITE_TTL_MAX`. */
export function readInviteLifetimes(given: Given): { value: InviteLifetimes } | { faults: string[] } {
  const faults: string[] = [];
  const seconds = (variable: string, fallback: number): number => {
    const text = given[variable];
    if (text === undefined) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= LIFETIME_MIN && value <= LIFETIME_MAX) return value;
    faults.push(
      `${variable} takes ${LIFETIME_MIN} to ${LIFETIME_MAX} seconds (${DAYS_MAX} days), as a whole number.`,
    );
    return fallback;
  };
  const longest = seconds('LOBBY_INVITE_TTL_MAX', LIFETIME_MAX);
  const usual = seconds('LOBBY_INVITE_TTL', Math.min(LIFETIME_DEFAULT, longest));
  if (faults.length === 0 && usual > longest) {
    faults.push(`LOBBY_INVITE_TTL is ${usual} seconds, more than LOBBY_INVITE_TTL_MAX (${longest}).`);
  }
  return faults.length > 0 ? { faults } : { value: { usual, longest } };
}

/** The times of a new invite, or what is wrong with those that the caller wished for. */
export function inviteTimes(
  wish: InviteWish | undefined,
  { usual, longest }: InviteLifetimes,
  now: Date,
): InviteTimes | { fault: string } {
  const today = seconds(now);
  const last = today + longest;
  const wishedOpening = wish?.opensAt === undefined ? undefined : seconds(new Date(wish.opensAt));
  // What has opened already needs no time of opening.
  const opensAt = wishedOpening !== undefined && wishedOpening > today ? wishedOpening : undefined;
  const expiresAt =
    wish?.expiresAt === undefined
      ? Math.min((opensAt ?? today) + usual, last)
      : seconds(new Date(wish.expiresAt));

  if (expiresAt <= today) return { fault: 'invite.expiresAt: has passed already' };
  if (expiresAt > last) return { fault: `invite.expiresAt: must be ${iso(last)} at the latest` };
  if (opensAt !== undefined && opensAt >= expiresAt) {
    return {
      fault:
        wish?.expiresAt === undefined
          ? `invite.opensAt: must be before ${iso(last)}, when the longest invite expires`
          : 'invite.opensAt: must be before invite.expiresAt',
    };
  }
  return { opensAt: opensAt === undefined ? undefined : date(opensAt), expiresAt: date(expiresAt) };
}

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);
const date = (time: number) => new Date(time * 1000);
const iso = (time: number) => date(time).toISOString();
