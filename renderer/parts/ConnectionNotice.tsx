import { Unplug } from 'lucide-react';
import type { CallState } from '../../shared/callState';
import { failureWords } from '../failureWords';
import { text } from '../i18n/text';
import { ICON } from './icon';

/** What is wrong with the way to the meeting, and what is being done about it. */
export function ConnectionNotice({ call }: { call: CallState & { phase: 'joined' } }) {
  const { connection, hung, room } = call;
  const { host } = new URL(room.deployment);
  if (connection.state === 'rejoining') {
    return (
      <Notice>
        {failureWords(connection.because).what} {text('connection.rejoining')}
      </Notice>
    );
  }
  if (connection.state === 'lost') return <Notice>{text('connection.lost', { host })}</Notice>;
  if (!hung) return null;
  return (
    <Notice
      action={
        <button type="button" className="outlined" onClick={() => void window.parley.send('call/rejoin')}>
          {text('connection.hung.reload')}
        </button>
      }
    >
      {text('connection.hung')}
    </Notice>
  );
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
