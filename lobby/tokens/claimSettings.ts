import type { Given } from '../given';

/** What of a caller may stand in room tokens, which the whole room can read. */
const USER_CLAIMS = ['name', 'email', 'avatar'] as const;
export type UserClaim = (typeof USER_CLAIMS)[number];

/** What Jitsi takes `context.features` to name: jitsi-meet `react/features/base/jwt/constants.ts`. */
const FEATURES: ReadonlySet<string> = new Set([
  'branding',
  'calendar',
  'create-polls',
  'file-upload',
  'flip',
  'inbound-call',
  'list-visitors',
  'live-translation',
  'livestreaming',
  'lobby',
  'moderation',
  'outbound-call',
  'recording',
  'room',
  'screen-sharing',
  'send-groupchat',
  'send-private-message',
  'sip-inbound-call',
  'sip-outbound-call',
  'transcription',
]);

/** Those of them that whoever is in a room needs, moderator or not. */
const EVERYBODYS: ReadonlySet<string> = new Set([
  'create-polls',
  'file-upload',
  'screen-sharing',
  'send-groupchat',
  'send-private-message',
]);

export interface ClaimSettings {
  user: ReadonlySet<UserClaim>;
  /**
   * What may be done in rooms: by moderators all of it, by others what is everybody's. `undefined`: no token says anything
   * of it, and Jitsi lets moderators do all. With it, what is not named is denied.
   */
  features: readonly string[] | undefined;
}

/** Reads `LOBBY_TOKEN_USER` and `LOBBY_FEATURES`. */
export function readClaimSettings(given: Given): { value: ClaimSettings } | { faults: string[] } {
  const faults: string[] = [];
  const user = listOf(given['LOBBY_TOKEN_USER'] ?? 'name');
  const features = given['LOBBY_FEATURES'] === undefined ? undefined : listOf(given['LOBBY_FEATURES']);
  if (!user.every(isUserClaim)) faults.push(`LOBBY_TOKEN_USER takes ${USER_CLAIMS.join(', ')}, with commas.`);
  const unknown = features?.filter((feature) => !FEATURES.has(feature)) ?? [];
  if (unknown.length > 0) {
    faults.push(
      `LOBBY_FEATURES: Jitsi knows no ${unknown.join(', ')}. It knows ${[...FEATURES].join(', ')}.`,
    );
  }
  return faults.length > 0 ? { faults } : { value: { user: new Set(user.filter(isUserClaim)), features } };
}

/**
 * `context.features` of a room token, of those that are configured. Those who are no moderators are denied all others by name:
 * Prosody may make them one all the same, as it does of the first in a room.
 */
export function featuresFor(moderator: boolean, configured: readonly string[]): Record<string, boolean> {
  if (moderator) return Object.fromEntries(configured.map((feature) => [feature, true]));
  return Object.fromEntries(
    [...FEATURES].map((feature) => [feature, EVERYBODYS.has(feature) && configured.includes(feature)]),
  );
}

const listOf = (text: string) => text.split(',').map((name) => name.trim());
const isUserClaim = (name: string): name is UserClaim => (USER_CLAIMS as readonly string[]).includes(name);
