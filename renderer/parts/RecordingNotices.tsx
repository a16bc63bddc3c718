import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Meeting, RecordingMode } from '../../shared/meeting';
import { text } from '../i18n/text';
import { ICON } from './icon';

const MODES: readonly RecordingMode[] = ['file', 'stream'];

/** A recording or live stream that did not come about, until that is read. */
export function RecordingNotices({ recording }: { recording: Meeting['recording'] }) {
  return MODES.map(
    (mode) =>
      recording[mode].state === 'failed' && <Failed key={mode} mode={mode} detail={recording[mode].detail} />,
  );
}

function Failed({ mode, detail }: { mode: RecordingMode; detail: string | undefined }) {
  const [isRead, setRead] = useState(false);
  if (isRead) return null;
  return (
    <div className="notice">
      <CircleAlert {...ICON} />
      <p role="alert">
        {text(`recording.${mode}.failed`)}{' '}
        {detail === undefined ? text('recording.unanswered') : text('recording.detail', { detail })}
      </p>
      <button type="button" className="outlined" onClick={() => setRead(true)}>
        {text('failure.close')}
      </button>
    </div>
  );
}
