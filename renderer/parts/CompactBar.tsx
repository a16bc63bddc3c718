import { Ellipsis, MonitorUp, PhoneOff } from 'lucide-react';
import type { CallState } from '../../shared/callState';
import { connected, othersText, speakerText, statusText } from '../callWords';
import { cameraFace, type DeviceFace, microphoneFace } from '../deviceFace';
import { text } from '../i18n/text';
import { useBarDrag } from '../useBarDrag';
import { useShortcutKeys } from '../useShortcutKeys';
import { useSnapshot } from '../useSnapshot';
import { useTalkedMuted } from '../useTalkedMuted';
import { ICON } from './icon';
import { Timer } from './Timer';

/** Whether the compositor moves the window: programs may not (Wayland). */
const systemDrags = location.search === '?drag=system';

/** The call in 280 × 44 px, while the window is away. */
export function CompactBar() {
  const snapshot = useSnapshot();
  useShortcutKeys(snapshot?.shortcuts.chords);
  const drag = useBarDrag();
  const openWindow = () => void window.parley.send('bar/open-window');
  const openMenu = () => void window.parley.send('bar/menu');
  return (
    <main>
      <h1 className="unseen">{text('bar.name')}</h1>
      {/* The drag and the double click have their like in the menu, which the keyboard reaches. */}
      <div
        role="toolbar"
        className="bar"
        aria-label={text('bar.name')}
        data-drag={systemDrags ? 'system' : 'own'}
        onDoubleClick={openWindow}
        onContextMenu={openMenu}
        {...(systemDrags ? {} : drag)}
      >
        {snapshot !== undefined && <Controls call={snapshot.call} />}
        <button type="button" aria-label={text('bar.menu')} title={text('bar.menu')} onClick={openMenu}>
          <Ellipsis {...ICON} />
        </button>
      </div>
    </main>
  );
}

function Controls({ call }: { call: CallState }) {
  const joined = call.phase === 'joined' ? call : undefined;
  const isSharing = joined?.meeting.sharing === true;
  return (
    <>
      <DeviceButton face={microphoneFace(joined)} />
      <DeviceButton face={cameraFace(joined)} />
      <button
        type="button"
        data-state={isSharing ? 'on' : 'off'}
        aria-label={text('bar.share')}
        aria-pressed={isSharing}
        title={
          joined === undefined
            ? `${text('bar.share')}: ${text('toolbar.not-joined')}`
            : text(isSharing ? 'share.stop' : 'bar.share')
        }
        disabled={joined === undefined}
        onClick={() => void window.parley.send(isSharing ? 'share/stop' : 'share/start')}
      >
        <MonitorUp {...ICON} />
      </button>
      <State call={call} />
      <button
        type="button"
        className="danger"
        aria-label={text('toolbar.leave')}
        title={text('toolbar.leave')}
        disabled={call.phase === 'leaving'}
        onClick={() => void window.parley.send('call/leave')}
      >
        <PhoneOff {...ICON} />
      </button>
    </>
  );
}

function State({ call }: { call: CallState }) {
  if (call.phase !== 'joined') {
    return (
      <div className="state" role="status">
        <p>{statusText(call)}</p>
      </div>
    );
  }
  return (
    <div className="state" role="status">
      <p className="time">
        <Timer since={call.joinedAt} />
      </p>
      <Now call={call} />
    </div>
  );
}

/** What matters most of the call now, in one line. */
function Now({ call }: { call: CallState & { phase: 'joined' } }) {
  const talksMuted = useTalkedMuted(call);
  if (!connected(call)) return <Line words={statusText(call)} />;
  if (talksMuted) return <Line warns words={text('bar.talked-muted')} />;
  if (call.meeting.sharing) return <Line warns words={text('bar.sharing')} />;
  return <Line words={speakerText(call) ?? othersText(call.others)} />;
}

/** There is room for a few words; the tooltip has them whole. */
function Line({ words, warns = false }: { words: string; warns?: boolean }) {
  return (
    <p className={warns ? 'who warning' : 'who'} title={words}>
      {words}
    </p>
  );
}

function DeviceButton({
  face: { device, state, Icon, pressed, words, enabled, opens },
}: {
  face: DeviceFace;
}) {
  return (
    <button
      type="button"
      data-state={state}
      aria-label={text(`toolbar.${device}`)}
      aria-pressed={pressed}
      title={text(`${words}.hint`)}
      disabled={!enabled}
      onClick={() => void window.parley.send(`call/${device}`, { on: opens })}
    >
      <Icon {...ICON} />
    </button>
  );
}
