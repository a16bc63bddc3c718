/** What the commands about earlier calls do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { recentCommands } from '../../../shared/ipc/commands/recent';
import type { JoinTarget } from '../../../shared/joinTarget';
import type { CallController } from '../../call/callController';
import type { RecentCalls } from '../../call/recentCalls';

export interface RecentHandlerParts {
  calls: CallController;
  recents: RecentCalls;
}

export function newRecentHandlers({
  calls,
  recents,
}: RecentHandlerParts): CommandHandlers<keyof typeof recentCommands> {
  return {
    'recent/join': (wanted) => {
      const call = recents.find(wanted);
      if (call === undefined) return;
      const { room, place, free } = call;
      const target: JoinTarget = free
        ? { kind: 'url', deployment: place, room }
        : { kind: 'lobby-room', lobby: place, room };
      void calls.start({ target, media: 'audio', free });
    },
    'recent/clear': () => recents.clear(),
  };
}
