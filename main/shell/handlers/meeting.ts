/** What the commands about the meeting do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { meetingCommands } from '../../../shared/ipc/commands/meeting';
import type { CallController } from '../../call/callController';

export interface MeetingHandlerParts {
  calls: CallController;
}

export function newMeetingHandlers({
  calls,
}: MeetingHandlerParts): CommandHandlers<keyof typeof meetingCommands> {
  return { 'meeting/control': (control) => calls.control(control) };
}
