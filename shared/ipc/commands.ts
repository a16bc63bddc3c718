/**
 * Everything the toolbar can ask of the main process: each command with the schema that its argument is parsed
 * with in main, by area in `commands/`. The types of both sides follow from this table.
 */
import type { z } from 'zod';
import { aboutCommands, type AboutReplies } from './commands/about';
import { callCommands, type CallReplies } from './commands/call';
import { desktopCommands, type DesktopReplies } from './commands/desktop';
import { deviceCommands, type DeviceReplies } from './commands/devices';
import { firstRunCommands, type FirstRunReplies } from './commands/firstRun';
import { lineCommands, type LineReplies } from './commands/line';
import { meetingCommands } from './commands/meeting';
import { recentCommands } from './commands/recent';
import { peopleCommands } from './commands/people';
import { linkCommands } from './commands/links';
import { settingsCommands, type SettingsReplies } from './commands/settings';
import { shareCommands } from './commands/share';
import { signInCommands } from './commands/signIn';
import { sideCommands } from './commands/side';
import { stageCommands, type StageReplies } from './commands/stage';
import { updateCommands, type UpdateReplies } from './commands/updates';
import type { Snapshot } from './snapshot';

export const commands = {
  ...stageCommands,
  ...callCommands,
  ...meetingCommands,
  ...lineCommands,
  ...peopleCommands,
  ...sideCommands,
  ...shareCommands,
  ...recentCommands,
  ...linkCommands,
  ...deviceCommands,
  ...settingsCommands,
  ...signInCommands,
  ...firstRunCommands,
  ...desktopCommands,
  ...updateCommands,
  ...aboutCommands,
} as const satisfies Record<string, z.ZodType>;

export type CommandName = keyof typeof commands;
export type CommandArgument<Name extends CommandName> = z.infer<(typeof commands)[Name]>;

/** What a command answers, where its answer means anything. */
interface CommandReplies
  extends
    StageReplies,
    CallReplies,
    DeviceReplies,
    LineReplies,
    SettingsReplies,
    FirstRunReplies,
    DesktopReplies,
    UpdateReplies,
    AboutReplies {}
export type CommandReply<Name extends CommandName> = Name extends keyof CommandReplies
  ? CommandReplies[Name]
  : unknown;

/** What carries out some of the commands. */
export type CommandHandlers<Names extends CommandName> = {
  [Name in Names]: (argument: CommandArgument<Name>) => CommandReply<Name> | Promise<CommandReply<Name>>;
};

/** A panel of the toolbar's page that a shortcut or a menu opens. */
export type NamedPanel = 'join' | 'settings' | 'devices' | 'updates' | 'about';

/** What the toolbar's preload puts on `window`. */
export interface ParleyBridge {
  send<Name extends CommandName>(
    command: Name,
    ...argument: CommandArgument<Name> extends undefined ? [] : [CommandArgument<Name>]
  ): Promise<CommandReply<Name>>;
  /** Calls `listener` with every snapshot from now on; the result ends that. */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  /** Calls `listener` with each panel that the main process wants open; the result ends that. */
  onPanel(listener: (panel: NamedPanel) => void): () => void;
}
