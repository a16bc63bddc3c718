/** Commands about settings, lobbies and their access tokens, and of the free-mode switch. */
import { z } from 'zod';
import { ACCESS_TOKEN_MAX, ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../limits';
import { preferenceSchemas } from '../../preferences';
import type { ChangeResult, CredentialState, LobbyCheck, RemoveResult, SaveResult } from '../snapshot';
import { Nothing } from './nothing';

const Origin = z.strictObject({ origin: z.string().max(ADDRESS_MAX) });
const Coordinate = z.number().int().min(0).max(32_767);

const lobbyForm = z.strictObject({
  lobbyUrl: z.string().max(ADDRESS_MAX),
  displayName: z.string().max(DISPLAY_NAME_MAX),
  /** Absent: keep what the keychain has. */
  accessToken: z.string().max(ACCESS_TOKEN_MAX).optional(),
});
/** What stands in the settings form. */
export type LobbyForm = z.infer<typeof lobbyForm>;

export const settingsCommands = {
  'settings/save': lobbyForm,
  'settings/test': lobbyForm,
  'settings/forget': Nothing,
  'settings/inspect': Nothing,
  'settings/free-mode': z.strictObject({ on: z.boolean(), noticeRead: z.boolean() }),
  /** Changes preferences at once; what policy sets stays. */
  'settings/change': z.strictObject(preferenceSchemas).partial(),
  /** Has calls go through another of the user's lobbies. */
  'lobbies/use': Origin,
  /** Takes a lobby off the list, and its access token out of the keychain. */
  'lobbies/remove': Origin,
  /** Opens the menu of lobbies, which the system draws, at a place of the page. */
  'lobbies/menu': z.strictObject({ x: Coordinate, y: Coordinate }),
} as const satisfies Record<string, z.ZodType>;

export interface SettingsReplies {
  'settings/save': SaveResult;
  'settings/test': LobbyCheck;
  /** `keychain-unavailable`: the token may still be in the keychain. */
  'settings/forget': CredentialState;
  'settings/free-mode': ChangeResult;
  'settings/change': ChangeResult;
  'lobbies/use': ChangeResult;
  'lobbies/remove': RemoveResult;
  /** `manage`: the user wants to see the settings. */
  'lobbies/menu': 'manage' | ChangeResult;
}
