/** What the commands of the first run's screen do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { firstRunCommands } from '../../../shared/ipc/commands/firstRun';
import type { FirstRun } from '../../firstRun/firstRun';

export interface FirstRunHandlerParts {
  firstRun: FirstRun;
}

export function newFirstRunHandlers({
  firstRun,
}: FirstRunHandlerParts): CommandHandlers<keyof typeof firstRunCommands> {
  return {
    'first-run/typed': (draft) => firstRun.typed(draft),
    'first-run/keep': (draft) => firstRun.keep(draft),
    'first-run/finish': (form) => firstRun.finish(form),
    'first-run/show': ({ on }) => firstRun.show(on),
  };
}
