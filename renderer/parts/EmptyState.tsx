import { Phone, Video } from 'lucide-react';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';
import { ICON } from './icon';
import { RecentCalls } from './RecentCalls';

/** No call: what the app is for, the two ways to start, and earlier calls; or, when nothing is set up, the way to that. */
export function EmptyState({ snapshot: { settings, recentCalls, firstRun } }: { snapshot: Snapshot }) {
  const setUp = () => void window.parley.send('first-run/show', { on: true });
  if (settings.lobbyUrl === '' && !settings.freeMode) {
    return (
      <section className="panel centred">
        <h1>{text('empty.first.title')}</h1>
        <p className="muted">{text('empty.first.advice')}</p>
        <div className="actions">
          <button type="button" className="primary large" onClick={setUp}>
            {text('empty.first.action')}
          </button>
        </div>
      </section>
    );
  }
  const host = new URL(settings.freeMode ? settings.freeUrl : settings.lobbyUrl).host;
  return (
    <section className="panel centred">
      <h1>{text('empty.title')}</h1>
      <div className="actions">
        <button
          type="button"
          className="primary large"
          onClick={() => void window.parley.send('call/start', { media: 'audio' })}
        >
          <Phone {...ICON} />
          {text('empty.voice')}
        </button>
        <button
          type="button"
          className="outlined large"
          onClick={() => void window.parley.send('call/start', { media: 'video' })}
        >
          <Video {...ICON} />
          {text('empty.video')}
        </button>
      </div>
      <p className="muted">{text(settings.freeMode ? 'empty.free' : 'empty.lobby', { host })}</p>
      {firstRun !== undefined && (
        <button type="button" className="outlined" onClick={setUp}>
          {text('empty.first.action')}
        </button>
      )}
      {recentCalls.length > 0 && <RecentCalls calls={recentCalls} />}
    </section>
  );
}
