import { useState } from 'react';
import type { DesktopState, ShownSettings } from '../../../shared/ipc/snapshot';
import { text } from '../../i18n/text';
import { PreferenceSwitch } from './preference';

interface OutsideSettingsProps {
  settings: ShownSettings;
  desktop: DesktopState;
}

/** How Parley behaves outside its window. What is changed counts at once. */
export function OutsideSettings({ settings, desktop }: OutsideSettingsProps) {
  /** What was just chosen, until the system has answered. */
  const [chosen, setChosen] = useState<boolean>();
  const [fault, setFault] = useState<string>();
  const setAutostart = async (on: boolean) => {
    setChosen(on);
    const answer = await window.parley.send('desktop/autostart', { on });
    setChosen(undefined);
    setFault(answer?.fault);
  };
  return (
    <>
      <PreferenceSwitch settings={settings} name="compactBar" label={text('outside.compact-bar')} />
      <label className="choice">
        <input
          type="checkbox"
          checked={chosen ?? desktop.autostart === true}
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
    </>
  );
}
