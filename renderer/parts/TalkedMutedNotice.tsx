import { MicOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallState } from '../../shared/callState';
import { text } from '../i18n/text';
import { ICON } from './icon';

/** How long the notice stands, in ms: the page notices again when it goes on. */
const SHOWN_MS = 10_000;

/** The page has heard that the user talks while muted. */
export function TalkedMutedNotice({ call }: { call: CallState & { phase: 'joined' } }) {
  const { talkedMuted } = call.meeting;
  const [old, setOld] = useState(0);
  useEffect(() => {
    if (talkedMuted === 0) return undefined;
    const timer = setTimeout(() => setOld(talkedMuted), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [talkedMuted]);
  if (talkedMuted === old || call.microphone !== 'off') return null;
  return (
    <div className="notice">
      <MicOff {...ICON} />
      <p role="alert">{text('device.talked-muted')}</p>
      <button
        type="button"
        className="outlined"
        onClick={() => void window.parley.send('call/microphone', { on: true })}
      >
        {text('device.unmute')}
      </button>
    </div>
  );
}
