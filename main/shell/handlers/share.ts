/** What the commands about showing the screen do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { shareCommands } from '../../../shared/ipc/commands/share';
import type { CallController } from '../../call/callController';
import type { ScreenSharing } from '../../call/screenSharing';

export interface ShareHandlerParts {
  calls: CallController;
  sharing: ScreenSharing;
}

export function newShareHandlers({
  calls,
  sharing,
}: ShareHandlerParts): CommandHandlers<keyof typeof shareCommands> {
  return {
    'share/start': () => calls.control({ what: 'share', on: true }),
    'share/pick': ({ id }) => sharing.pick(id),
    'share/cancel': () => sharing.cancel(),
    'share/stop'() {
      calls.control({ what: 'share', on: false });
      sharing.stop();
    },
  };
}
