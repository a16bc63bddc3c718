import type { CallState } from '../../shared/callState';
import type { LineQuality } from '../../shared/lineQuality';
import { text } from '../i18n/text';
import '../lineSign.css';

/** A line that is cut is not measured any more. */
type Shown = LineQuality | 'lost';

/** Bars that stand, of three. */
const BARS: Readonly<Record<Shown, number>> = { good: 3, fair: 2, poor: 1, lost: 0, unknown: 0 };

const shownOf = (call: CallState & { phase: 'joined' }): Shown =>
  call.connection.state === 'up' ? call.line : 'lost';

/** How good the line is, in a word. */
export const lineWord = (call: CallState & { phase: 'joined' }) => text(`line.${shownOf(call)}`);

/** How good the line to the meeting is: by bars, and by a word. Opens the details. */
export function LineSign({ call }: { call: CallState & { phase: 'joined' } }) {
  const quality = shownOf(call);
  const word = lineWord(call);
  const name = text('line.name', { quality: word });
  return (
    <button
      type="button"
      className="line-sign"
      data-line={quality}
      aria-label={name}
      title={text('line.tooltip', { quality: word })}
      onClick={() => void window.parley.send('side/open', { panel: 'connection' })}
    >
      <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
        {[4, 8, 12].map((height, bar) => (
          <rect
            key={height}
            x={bar * 5}
            y={12 - height}
            width="4"
            height={height}
            rx="1"
            data-stands={bar < BARS[quality]}
          />
        ))}
      </svg>
      <span>{word}</span>
    </button>
  );
}
