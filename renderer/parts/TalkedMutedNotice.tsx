import { MicOff } from 'lucide-react';
import type { CallState } from '../../shared/callState';
import { text } from '../i18n/text';
import { useTalkedMuted } from '../useTalkedMuted';
import { ICON } from './icon';

/** The page has heard that the user talks while muted. */
export function TalkedMutedNotice({ call }: { call: CallState & { phase: 'joined' } }) {
  if (!useTalkedMuted(call)) return null;
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
