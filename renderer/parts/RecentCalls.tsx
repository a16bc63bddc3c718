import { useId } from 'react';
import type { RecentCall } from '../../shared/recentCall';
import { agoText, text } from '../i18n/text';
import '../recentCalls.css';
import { useNow } from '../useNow';

const MINUTE_MS = 60_000;

/** Names that are cut, and what a click does. */
const tooltip = (room: string, place: string) => `${room} (${new URL(place).host}): ${text('recent.hint')}`;

/** Rooms that the user has been in: a click joins one again. */
export function RecentCalls({ calls }: { calls: readonly RecentCall[] }) {
  const heading = useId();
  const now = useNow(MINUTE_MS);
  return (
    <section className="recent" aria-labelledby={heading}>
      <div className="recent-head">
        <h2 id={heading}>{text('recent.title')}</h2>
        <button
          type="button"
          aria-label={text('recent.clear.name')}
          onClick={() => void window.parley.send('recent/clear')}
        >
          {text('recent.clear')}
        </button>
      </div>
      <ul>
        {calls.map(({ room, place, free, at }) => (
          <li key={`${place}/${room}`}>
            <button
              type="button"
              title={tooltip(room, place)}
              onClick={() => void window.parley.send('recent/join', { room, place, free })}
            >
              <span className="recent-room">{room}</span>
              <span className="recent-place">
                <span className="recent-host">{new URL(place).host}</span>
                {free && <span className="recent-free">{text('recent.free')}</span>}
              </span>
              <span className="recent-time">{agoText(at, now)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
