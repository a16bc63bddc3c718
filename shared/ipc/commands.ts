/**
 * Everything the toolbar can ask of the main process: each command with the schema that its argument is parsed
 * with in main, by area in `commands/`. The types of both sides follow from this table.
 */
import type { z } from 'zod';
import { callCommands, type CallReplies } from './commands/call';
import { settingsCommands, type SettingsReplies } from './commands/settings';
import { shareCommands } from './commands/share';
import { stageCommands, type StageReplies } from './commands/stage';
import type { Snapshot } from './snapshot';

export const commands = {
  ...stageCommands,
  ...callCommands,
  ...shareCommands,
  ...settingsCommands,
} as const satisfies Record<string, z.ZodType>;

export type CommandName = keyof typeof commands;
export type CommandArgument<Name extends CommandName> = z.infer<(typeof commands)[Name]>;

/** What a command answers, where its answer means anything. */
interface CommandReplies extends StageReplies, CallReplies, SettingsReplies {}
export type CommandReply<Name extends CommandName> = Name extends keyof CommandReplies
  ? CommandReplies[Name]
  : unknown;

/** What carries out some of the commands. */
export type CommandHandlers<Names extends CommandName> = {
  [Name in Names]: (argument: CommandArgument<Name>) => CommandReply<Name> | Promise<CommandReply<Name>>;
};

/** What the toolbar's preload puts on `window`. */
export interface ParleyBridge {
  send<Name extends CommandName>(
    command: Name,
    ...argument: CommandArgument<Name> extends undefined ? [] : [CommandArgument<Name>]
  ): Promise<CommandReply<Name>>;
  /** Calls `listener` with every snapshot from now on; the result ends that. */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
}
