/** Commands of the settings panel, and of the free-mode switch. */
import { z } from 'zod';
import { ACCESS_TOKEN_MAX, ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../limits';
import type { CredentialState, LobbyCheck, SaveResult } from '../snapshot';
import { Nothing } from './nothing';

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
} as const satisfies Record<string, z.ZodType>;

export interface SettingsReplies {
  'settings/save': SaveResult;
  'settings/test': LobbyCheck;
  'settings/forget': CredentialState;
}
