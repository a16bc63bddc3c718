/** What each command of the toolbar does. Arguments are parsed here, once, with the contract's own schemas. */
import type { z } from 'zod';
import { commands, type CommandHandlers, type CommandName } from '../../shared/ipc/commands';
import type { Snapshot } from '../../shared/ipc/snapshot';
import type { CommandHandler } from '../security/ipc';
import { type AboutHandlerParts, newAboutHandlers } from './handlers/about';
import { type CallHandlerParts, newCallHandlers } from './handlers/call';
import { type DesktopHandlerParts, newDesktopHandlers } from './handlers/desktop';
import { type DeviceHandlerParts, newDeviceHandlers } from './handlers/devices';
import { type FirstRunHandlerParts, newFirstRunHandlers } from './handlers/firstRun';
import { newLineHandlers } from './handlers/line';
import { type MeetingHandlerParts, newMeetingHandlers } from './handlers/meeting';
import { newRecentHandlers, type RecentHandlerParts } from './handlers/recent';
import { newPeopleHandlers, type PeopleHandlerParts } from './handlers/people';
import { type LinkHandlerParts, newLinkHandlers } from './handlers/links';
import { newSettingsHandlers, type SettingsHandlerParts } from './handlers/settings';
import { newShareHandlers, type ShareHandlerParts } from './handlers/share';
import { newSignInHandlers, type SignInHandlerParts } from './handlers/signIn';
import { newSideHandlers, type SideHandlerParts } from './handlers/side';
import { newUpdateHandlers, type UpdateHandlerParts } from './handlers/updates';
import type { Stage } from './stage';

export interface CommandParts
  extends
    CallHandlerParts,
    MeetingHandlerParts,
    ShareHandlerParts,
    LinkHandlerParts,
    RecentHandlerParts,
    DeviceHandlerParts,
    SettingsHandlerParts,
    SignInHandlerParts,
    FirstRunHandlerParts,
    UpdateHandlerParts {
  stage: Stage;
  side: SideHandlerParts;
  people: PeopleHandlerParts;
  desktop: DesktopHandlerParts;
  about: AboutHandlerParts;
  snapshot: () => Snapshot;
}

/** Parses and carries out commands. A command that does not fit the contract is refused with an error. */
export function newCommandHandler(parts: CommandParts): CommandHandler {
  const handlers: CommandHandlers<CommandName> = {
    'snapshot/read': () => parts.snapshot(),
    'stage/place': (bounds) => parts.stage.set(bounds ?? undefined),
    ...newCallHandlers(parts),
    ...newMeetingHandlers(parts),
    ...newLineHandlers(parts),
    ...newSideHandlers(parts.side),
    ...newPeopleHandlers(parts.people),
    ...newShareHandlers(parts),
    ...newRecentHandlers(parts),
    ...newLinkHandlers(parts),
    ...newDeviceHandlers(parts),
    ...newSettingsHandlers(parts),
    ...newSignInHandlers(parts),
    ...newFirstRunHandlers(parts),
    ...newDesktopHandlers(parts.desktop),
    ...newUpdateHandlers(parts),
    ...newAboutHandlers(parts.about),
  };
  return (name, argument) => {
    if (typeof name !== 'string' || !Object.hasOwn(commands, name)) throw new Error('Unknown command.');
    const command = name as CommandName;
    const schema: z.ZodType = commands[command];
    const parsed = schema.safeParse(argument);
    if (!parsed.success) throw new Error(`Bad argument for "${command}".`);
    return (handlers[command] as (argument: unknown) => unknown)(parsed.data);
  };
}
