import { Unplug } from 'lucide-react';
import type { CallState } from '../../shared/callState';
import { failureWords } from '../failureWords';
import { text } from '../i18n/text';
import { ICON } from './icon';

/** What is wrong with the way to the meeting, and what is being done about it. */
export function ConnectionNotice({ call }: { call: CallState & { phase: 'connecting' | 'joined' } }) {
  if (call.hung) {
    return (
      <Notice
        action={
          <button type="button" className="outlined" onClick={() => void window.parley.send('call/rejoin')}>
            {text('connection.hung.reload')}
          </button>
        }
      >
        {text('connection.hung')} {call.phase === 'joined' && text('connection.hung.heard')}
      </Notice>
    );
  }
  if (call.phase === 'connecting') return null;
  const { connection, meeting, room } = call;
  // What the page waits for stands in the status bar.
  if (meeting.waiting !== undefined) return <Notice>{text('connection.waiting')}</Notice>;
  if (connection.state === 'rejoining') {
    return (
      <Notice>
        {failureWords(connection.because).what} {text('connection.rejoining')}
      </Notice>
    );
  }
  if (connection.state === 'up') return null;
  return <Notice>{text('connection.lost', { host: new URL(room.deployment).host })}</Notice>;
}

function Notice({ children, action }: { children: React.ReactNode; action?: React.ReactNode }) {
  return (
    <div className="notice">
      <Unplug {...ICON} />
      <p aria-live="polite">{children}</p>
      {action}
    </div>
  );
}
