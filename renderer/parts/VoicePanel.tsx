import type { CallState } from '../../shared/callState';
import { text } from '../i18n/text';
import { People } from './People';

interface VoicePanelProps {
  call: CallState & { phase: 'joined' };
  ownName: string;
}

/** A call whose page is out of sight: who is in it. */
export function VoicePanel({ call, ownName }: VoicePanelProps) {
  return (
    <main className="stage voice">
      <div className="voice-panel">
        <h1>{text('side.people.title')}</h1>
        <People call={call} ownName={ownName} />
        <div className="actions">
          <button
            type="button"
            className="outlined"
            onClick={() => void window.parley.send('meeting/hide', { hidden: false })}
          >
            {text('toolbar.show.hint')}
          </button>
        </div>
      </div>
    </main>
  );
}
