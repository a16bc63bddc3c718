import { canStart } from '../../shared/callState';
import type { ChangeResult, Snapshot } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';

interface FreeSwitchProps {
  snapshot: Snapshot | undefined;
  /** The user turns it on for the first time, and must be told what that means. */
  onNotice: () => void;
  onChanged: (result: ChangeResult) => void;
}

/** Free public Jitsi: a switch that is its own amber badge while it is on. */
export function FreeSwitch({ snapshot, onNotice, onChanged }: FreeSwitchProps) {
  const settings = snapshot?.settings;
  const on = settings?.freeMode === true;
  const locked = settings?.locked.includes('freeMode') === true;
  const busy = snapshot !== undefined && !canStart(snapshot.call);
  const hint = locked ? 'locked' : busy ? 'busy' : on ? 'on' : 'off';
  // The name as well: where there is little room it is cut.
  const tooltip = `${text('toolbar.free')}: ${text(`toolbar.free.${hint}.hint`)}`;
  const flip = async () => {
    if (!on && settings?.freeNoticeRead === false) onNotice();
    else onChanged(await window.parley.send('settings/free-mode', { on: !on, noticeRead: false }));
  };
  return (
    <button
      type="button"
      className="free"
      role="switch"
      aria-label={text('toolbar.free')}
      aria-checked={on}
      title={tooltip}
      disabled={settings === undefined || locked || busy}
      onClick={() => void flip()}
    >
      <span className="track" aria-hidden="true">
        <span className="thumb" />
      </span>
      {/* Beside the controls of a call there is room for one word. */}
      <span className="clipped" aria-hidden="true">
        {text(busy ? 'toolbar.free.short' : 'toolbar.free')}
      </span>
    </button>
  );
}
