/** Commands of the first run's screen. */
import { z } from 'zod';
import { ACCESS_TOKEN_MAX, ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../limits';
import type { LobbyCheck, SaveResult } from '../snapshot';

const draft = z.strictObject({
  name: z.string().max(DISPLAY_NAME_MAX),
  lobby: z.string().max(ADDRESS_MAX),
  free: z.boolean(),
});

const form = draft.extend({
  /** Empty: what the keychain has, if anything. */
  accessToken: z.string().max(ACCESS_TOKEN_MAX),
  /** Whether the user goes on although something was found wrong. */
  anyway: z.boolean(),
});
/** What stands on the first run's screen. */
export type FirstRunForm = z.infer<typeof form>;

export const firstRunCommands = {
  /** Notes what was typed so far, for the screen to have when it comes again. */
  'first-run/typed': draft,
  /** Saves name and lobby, which a sign-in there needs; the screen stays. */
  'first-run/keep': draft,
  /** Tries the lobby, saves all and ends the first run. */
  'first-run/finish': form,
  /** Puts the screen off, or brings it back. */
  'first-run/show': z.strictObject({ on: z.boolean() }),
} as const satisfies Record<string, z.ZodType>;

/** What the primary button came to; the first run is over unless something has to be looked at. */
export type FirstRunResult =
  | { ok: true }
  | { ok: false; save: SaveResult & { ok: false } }
  | { ok: false; check: LobbyCheck & { ok: false } }
  /** All is saved, but the token: the keychain did not take it. */
  | { ok: false; held: true };

export interface FirstRunReplies {
  'first-run/keep': SaveResult;
  'first-run/finish': FirstRunResult;
}
