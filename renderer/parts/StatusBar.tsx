import { useEffect, useState } from 'react';
import type { CallState } from '../../shared/callState';
import { duration, text } from '../i18n/text';

/** What is going on, in one line; with "Cancel" while something is under way. */
export function StatusBar({ call }: { call: CallState | undefined }) {
  const phase = call?.phase ?? 'idle';
  const cancellable = phase === 'requesting' || phase === 'checking' || phase === 'connecting';
  return (
    <footer className="status-bar">
      <div role="status">
        <span className="dot" data-call={connected(call) ? phase : 'connecting'} aria-hidden="true" />
        {call?.phase === 'joined' ? <InCall call={call} /> : <span>{statusText(call)}</span>}
      </div>
      {cancellable && (
        <button type="button" onClick={() => void window.parley.send('call/leave')}>
          {text('call.cancel')}
        </button>
      )}
    </footer>
  );
}

const connected = (call: CallState | undefined) => call?.phase !== 'joined' || call.connection.state === 'up';

function statusText(call: CallState | undefined): string {
  return text(
    call === undefined || call.phase === 'failed' ? 'call.status.idle' : `call.status.${call.phase}`,
  );
}

function InCall({ call }: { call: CallState & { phase: 'joined' } }) {
  return (
    <>
      <span>
        {text(connected(call) ? 'call.status.joined' : 'call.status.reconnecting')}{' '}
        <Timer since={call.joinedAt} />
      </span>
      <span aria-hidden="true">·</span>
      <span className="name">{call.room.name}</span>
      <span aria-hidden="true">·</span>
      <span>{othersText(call.others)}</span>
    </>
  );
}

function othersText(others: readonly { displayName: string }[]): string {
  const [first, second] = others;
  if (first === undefined) return text('call.status.alone');
  if (second !== undefined) return text('call.status.with-many', { count: others.length });
  const name = first.displayName === '' ? text('call.status.unnamed') : first.displayName;
  return text('call.status.with-one', { name });
}

/** Counts on its own, and silently: a screen reader must not read every second. */
function Timer({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span aria-live="off">{duration(now - since)}</span>;
}
