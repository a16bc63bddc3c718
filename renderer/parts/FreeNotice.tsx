import { useRef } from 'react';
import type { ChangeResult } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';

interface FreeNoticeProps {
  onChanged: (result: ChangeResult) => void;
  onDone: () => void;
}

/** Said once, before free public Jitsi is turned on for the first time. */
export function FreeNotice({ onChanged, onDone }: FreeNoticeProps) {
  const panel = useRef<HTMLElement>(null);
  const accept = async () => {
    const result = await window.parley.send('settings/free-mode', { on: true, noticeRead: true });
    onChanged(result);
    // Another panel may have taken this one's place meanwhile.
    if (result.ok && panel.current !== null) onDone();
  };
  return (
    <section ref={panel} className="panel warning" role="alert">
      <h1>{text('free.title')}</h1>
      <p>{text('free.advice')}</p>
      <div className="actions">
        <button type="button" className="primary" onClick={() => void accept()}>
          {text('free.accept')}
        </button>
        <button type="button" className="outlined" onClick={onDone}>
          {text('free.decline')}
        </button>
      </div>
    </section>
  );
}
