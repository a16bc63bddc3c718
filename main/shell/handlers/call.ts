/** What the commands about a call do. */
import type { CallIntent } from '../../../shared/callState';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { callCommands } from '../../../shared/ipc/commands/call';
import { parseJoinText } from '../../../shared/joinTarget';
import type { CallController } from '../../call/callController';
import type { About } from '../../diagnostics/about';
import type { Settings } from '../../settings/settings';

export interface CallHandlerParts {
  calls: CallController;
  settings: Settings;
  copy: (text: string) => void;
  /** Its versions are for "Copy details". */
  about: Pick<About, 'versions'>;
}

export function newCallHandlers(parts: CallHandlerParts): CommandHandlers<keyof typeof callCommands> {
  const { calls, settings } = parts;
  const start = (target: CallIntent['target'], media: CallIntent['media']): void => {
    void calls.start({ target, media, free: settings.values.freeMode });
  };
  return {
    'call/start': ({ media }) => start({ kind: 'new' }, media),
    'call/join': ({ text }) => {
      const parsed = parseJoinText(text);
      if (!parsed.ok) return parsed.fault;
      start(parsed.target, 'audio');
      return undefined;
    },
    'call/leave': () => calls.leave(),
    'call/retry': () => calls.retry(),
    'call/rejoin': () => calls.rejoin(),
    'call/dismiss': () => calls.dismiss(),
    'call/microphone': ({ on }) => calls.setDevice('microphone', on),
    'call/camera': ({ on }) => calls.setDevice('camera', on),
    'call/copy-invite': () => {
      if (calls.inviteUrl !== undefined) parts.copy(calls.inviteUrl);
    },
    'call/copy-details': () => {
      const { state } = calls;
      const failure = state.phase === 'failed' ? state.failure : undefined;
      parts.copy(JSON.stringify({ ...parts.about.versions, failure }, null, 2));
    },
  };
}
