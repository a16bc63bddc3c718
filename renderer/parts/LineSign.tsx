import type { CallState } from '../../shared/callState';
import type { LineQuality } from '../../shared/lineQuality';
import { text } from '../i18n/text';
import '../lineSign.css';

/** A line that is cut is not measured any more. */
type Shown = LineQuality | 'lost';

/** Bars that stand, of three. */
const BARS: Readonly<Record<Shown, number>> = { good: 3, fair: 2, poor: 1, lost: 0, unknown: 0 };

/** How good the line to the meeting is: by bars, and by a word. */
export function LineSign({ call }: { call: CallState & { phase: 'joined' } }) {
  const quality: Shown = call.connection.state === 'up' ? call.line : 'lost';
  const word = text(`line.${quality}`);
  const name = text('line.name', { quality: word });
  return (
    <span className="line-sign" data-line={quality} role="img" aria-label={name} title={name}>
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
    </span>
  );
}
