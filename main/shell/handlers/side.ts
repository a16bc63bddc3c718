/** What the commands of the menu "More" and of the panel beside the meeting do. */
import type { Point } from 'electron';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { sideCommands } from '../../../shared/ipc/commands/side';
import type { SidePanel } from '../sidePanel';

export interface SideHandlerParts {
  side: SidePanel;
  openMoreMenu: (at: Point) => void;
}

export function newSideHandlers({
  side,
  openMoreMenu,
}: SideHandlerParts): CommandHandlers<keyof typeof sideCommands> {
  return {
    'more/open': (at) => openMoreMenu(at),
    'side/open': ({ panel }) => side.open(panel),
    'side/close': () => side.close(),
  };
}
