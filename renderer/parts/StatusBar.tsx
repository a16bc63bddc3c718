import { Fragment } from 'react';
import type { CallState } from '../../shared/callState';
import type { Snapshot } from '../../shared/ipc/snapshot';
import type { Meeting } from '../../shared/meeting';
import { connected, othersText, speakerText, statusText } from '../callWords';
import { text } from '../i18n/text';
import { LineSign } from './LineSign';
import { Timer } from './Timer';
import '../statusBar.css';
import { UpdateRow } from './UpdateRow';

/** What is going on, in one line; with "Cancel" while something is under way. */
interface StatusBarProps {
  snapshot: Snapshot | undefined;
  /** The user wants to know of a later version. */
  onUpdates: () => void;
}

export function StatusBar({ snapshot, onUpdates }: StatusBarProps) {
  const call = snapshot?.call;
  const passing = passingText(snapshot);
  const phase = call?.phase ?? 'idle';
  const cancellable = phase === 'requesting' || phase === 'checking' || phase === 'connecting';
  return (
    <footer className="status-bar">
      <div role="status">
        <span className="dot" data-call={connected(call) ? phase : 'connecting'} aria-hidden="true" />
        {call?.phase === 'joined' ? <InCall call={call} /> : <span>{statusText(call)}</span>}
      </div>
      {call?.phase === 'joined' && <Speaker call={call} />}
      <span className="passing" aria-live="polite" title={passing}>
        {passing}
      </span>
      {call?.phase === 'joined' && <LineSign call={call} />}
      <UpdateRow snapshot={snapshot} onOpen={onUpdates} />
      {cancellable && (
        <button type="button" onClick={() => void window.parley.send('call/leave')}>
          {text('call.cancel')}
        </button>
      )}
    </footer>
  );
}

function InCall({ call }: { call: CallState & { phase: 'joined' } }) {
  return (
    <>
      <span>
        {statusText(call)} <Timer since={call.joinedAt} />
      </span>
      <Recordings recording={call.meeting.recording} />
      <span aria-hidden="true">·</span>
      <span className="name" title={call.room.name}>
        {call.room.name}
      </span>
      <span aria-hidden="true">·</span>
      <span>{othersText(call.others)}</span>
    </>
  );
}

/** Who of the others speaks. Not a live region: that would talk over them. */
function Speaker({ call }: { call: CallState & { phase: 'joined' } }) {
  const speaker = speakerText(call);
  return (
    speaker !== undefined && (
      <span className="speaker" title={speaker}>
        {speaker}
      </span>
    )
  );
}

/** What is said for a few seconds. */
function passingText(snapshot: Snapshot | undefined): string | undefined {
  if (snapshot?.diagnosticsCopied === true) return text('about.copied');
  if (snapshot?.peopleNotice === undefined) return undefined;
  const { what, name } = snapshot.peopleNotice;
  return text(`people.${what}`, { name: name === '' ? text('call.status.unnamed') : name });
}

/** That others record must not be overseen. */
function Recordings({ recording }: { recording: Meeting['recording'] }) {
  return (['file', 'stream'] as const).map((mode) => {
    const { state } = recording[mode];
    if (state !== 'on' && state !== 'starting') return null;
    return (
      <Fragment key={mode}>
        <span aria-hidden="true">·</span>
        <span className="recording">{text(`recording.${mode}.${state}`)}</span>
      </Fragment>
    );
  });
}
