import { MonitorUp } from 'lucide-react';
import { text } from '../i18n/text';
import { ICON } from './icon';

/**
 * As long as others see the screen: what they see, and the way to end it. Where the system's own picker has asked, its name is
 * not known.
 */
export function SharingNotice({ shared }: { shared: string | undefined }) {
  return (
    <div className="notice">
      <MonitorUp {...ICON} />
      <p aria-live="polite">
        {shared === undefined ? text('share.on.unnamed') : text('share.on', { name: shared })}
      </p>
      <button type="button" className="outlined" onClick={() => void window.parley.send('share/stop')}>
        {text('share.stop')}
      </button>
    </div>
  );
}
