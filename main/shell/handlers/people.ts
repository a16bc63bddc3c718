/** What the commands about the people in the call do. */
import type { Point } from 'electron';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { peopleCommands } from '../../../shared/ipc/commands/people';
import type { HiddenMeeting } from '../hiddenMeeting';

export interface PeopleHandlerParts {
  hiddenMeeting: HiddenMeeting;
  openPersonMenu: (person: Point & { id: string }) => void;
}

export function newPeopleHandlers({
  hiddenMeeting,
  openPersonMenu,
}: PeopleHandlerParts): CommandHandlers<keyof typeof peopleCommands> {
  return {
    'meeting/hide': ({ hidden }) => hiddenMeeting.set(hidden),
    'people/menu': (person) => openPersonMenu(person),
  };
}
