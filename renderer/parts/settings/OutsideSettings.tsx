import { useId, useState } from 'react';
import type { DesktopState } from '../../../shared/ipc/snapshot';
import { text } from '../../i18n/text';

/** How Parley behaves outside its window. What is changed counts at once. */
export function OutsideSettings({ desktop }: { desktop: DesktopState }) {
  const heading = useId();
  const [fault, setFault] = useState<string>();
  const setAutostart = async (on: boolean) => {
    const answer = await window.parley.send('desktop/autostart', { on });
    setFault(answer?.fault);
  };
  return (
    <section className="panel" aria-labelledby={heading}>
      <h2 id={heading}>{text('outside.title')}</h2>
      <label className="choice">
        <input
          type="checkbox"
          checked={desktop.compactBar}
          onChange={({ target }) => void window.parley.send('desktop/compact-bar', { on: target.checked })}
        />
        {text('outside.compact-bar')}
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={desktop.autostart === true}
          disabled={desktop.autostart === undefined}
          onChange={({ target }) => void setAutostart(target.checked)}
        />
        {text('outside.autostart')}
      </label>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {text('outside.autostart.fault', { detail: fault })}
        </p>
      )}
    </section>
  );
}
