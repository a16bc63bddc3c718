/**
 * Everything the toolbar can ask of the main process: each command with the schema that its argument is parsed
 * with in main. The types of both sides follow from this table.
 */
import { z } from 'zod';
import type { JoinTextFault } from '../joinTarget';
import { ACCESS_TOKEN_MAX, ADDRESS_MAX, DISPLAY_NAME_MAX, JOIN_TEXT_MAX } from '../limits';
import { Media } from '../lobbyApi';
import type { CredentialState, LobbyCheck, SaveResult, Snapshot } from './snapshot';

const Nothing = z.undefined();
const Length = z.number().min(0).max(32_767);

const lobbyForm = z.strictObject({
  lobbyUrl: z.string().max(ADDRESS_MAX),
  displayName: z.string().max(DISPLAY_NAME_MAX),
  /** Absent: keep what the keychain has. */
  accessToken: z.string().max(ACCESS_TOKEN_MAX).optional(),
});
/** What stands in the settings form. */
export type LobbyForm = z.infer<typeof lobbyForm>;

export const commands = {
  'snapshot/read': Nothing,
  'call/start': z.strictObject({ media: Media }),
  /** Text from "Join call", cut one after {@link JOIN_TEXT_MAX} characters: the parser refuses that with a reason. */
  'call/join': z.strictObject({ text: z.string().max(JOIN_TEXT_MAX + 1) }),
  'call/leave': Nothing,
  'call/retry': Nothing,
  /** Enters the room anew with a fresh page. */
  'call/rejoin': Nothing,
  'call/dismiss': Nothing,
  'call/microphone': z.strictObject({ on: z.boolean() }),
  'call/camera': z.strictObject({ on: z.boolean() }),
  'call/copy-invite': Nothing,
  'share/pick': z.strictObject({ id: z.string().max(200) }),
  'share/cancel': Nothing,
  'share/stop': Nothing,
  'call/copy-details': Nothing,
  'settings/save': lobbyForm,
  'settings/test': lobbyForm,
  'settings/forget': Nothing,
  'settings/inspect': Nothing,
  'settings/free-mode': z.strictObject({ on: z.boolean(), noticeRead: z.boolean() }),
  /** Where the meeting may show, in CSS pixels of the shell page; `null` while a panel stands there. */
  'stage/place': z.strictObject({ x: Length, y: Length, width: Length, height: Length }).nullable(),
} as const satisfies Record<string, z.ZodType>;

export type CommandName = keyof typeof commands;
export type CommandArgument<Name extends CommandName> = z.infer<(typeof commands)[Name]>;

/** What a command answers, where its answer means anything. */
interface CommandReplies {
  'snapshot/read': Snapshot;
  /** The fault, when the text leads nowhere. */
  'call/join': JoinTextFault | undefined;
  'settings/save': SaveResult;
  'settings/test': LobbyCheck;
  'settings/forget': CredentialState;
}
export type CommandReply<Name extends CommandName> = Name extends keyof CommandReplies
  ? CommandReplies[Name]
  : unknown;

/** What the toolbar's preload puts on `window`. */
export interface ParleyBridge {
  send<Name extends CommandName>(
    command: Name,
    ...argument: CommandArgument<Name> extends undefined ? [] : [CommandArgument<Name>]
  ): Promise<CommandReply<Name>>;
  /** Calls `listener` with every snapshot from now on; the result ends that. */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
}
