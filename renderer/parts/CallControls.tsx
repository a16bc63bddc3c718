import { Link, PhoneOff } from 'lucide-react';
import { type MouseEvent, useEffect, useRef } from 'react';
import type { CallState } from '../../shared/callState';
import { cameraFace, type DeviceFace, microphoneFace } from '../deviceFace';
import { text } from '../i18n/text';
import { useShortcutHint } from '../shortcutHint';
import { useCopied } from '../useCopied';
import { DeviceMenuButton } from './DeviceMenuButton';
import { ICON } from './icon';
import { MeetingButtons } from './MeetingButtons';

interface CallControlsProps {
  call: CallState;
  /** The meeting's page is out of sight. */
  hidden: boolean;
}

export function CallControls({ call, hidden }: CallControlsProps) {
  const joined = call.phase === 'joined' ? call : undefined;
  const hint = useShortcutHint();
  return (
    <>
      <DeviceButton face={microphoneFace(joined)} />
      <DeviceMenuButton of="sound" enabled={joined !== undefined} />
      <DeviceButton face={cameraFace(joined)} />
      <DeviceMenuButton of="camera" enabled={joined !== undefined} />
      <MeetingButtons call={call} hidden={hidden} />
      <CopyInvite invitable={joined?.room.invitable} />
      <span className="divider" />
      <button
        type="button"
        className="danger"
        aria-label={text('toolbar.leave')}
        title={hint(text('toolbar.leave'), 'leave')}
        disabled={call.phase === 'leaving'}
        onClick={() => void window.parley.send('call/leave')}
      >
        <PhoneOff {...ICON} />
        <span className="short">{text('toolbar.leave.short')}</span>
      </button>
    </>
  );
}

function DeviceButton({
  face: { device, state, Icon, pressed, words, enabled, opens },
}: {
  face: DeviceFace;
}) {
  const hint = useShortcutHint();
  const isStray = useStrayClicks(enabled);
  return (
    <button
      type="button"
      className="device"
      data-state={state}
      aria-label={text(`toolbar.${device}`)}
      aria-pressed={pressed}
      title={hint(text(`${words}.hint`), device)}
      disabled={!enabled}
      onClick={(event) => {
        if (!isStray(event)) void window.parley.send(`call/${device}`, { on: opens });
      }}
    >
      <Icon {...ICON} />
      <span className="word optional" data-word={text(words)} />
    </button>
  );
}

/** The longest double click that systems take for one, with some room, in ms. */
const DOUBLE_CLICK_MS = 700;

/**
 * Tells the second click of a double click that was meant for what stood here before: start buttons make room for these,
 * and a call may be joined between the two.
 */
function useStrayClicks(enabled: boolean): (event: MouseEvent) => boolean {
  const since = useRef(0);
  useEffect(() => {
    if (enabled) since.current = performance.now();
  }, [enabled]);
  return (event) => event.detail > 1 && performance.now() - since.current < DOUBLE_CLICK_MS;
}

/** `invitable`: whether there is a link; `undefined` before the call is joined. */
function CopyInvite({ invitable }: { invitable: boolean | undefined }) {
  const [copied, onCopy] = useCopied();
  const hint = useShortcutHint();
  const name = text('toolbar.copy-invite');
  const reason = text(invitable === undefined ? 'toolbar.not-joined' : 'toolbar.copy-invite.none');
  return (
    <button
      type="button"
      className="foldable"
      aria-label={name}
      title={invitable === true ? hint(name, 'copy-invite') : `${name}: ${reason}`}
      disabled={invitable !== true}
      onClick={() => {
        onCopy();
        void window.parley.send('call/copy-invite');
      }}
    >
      <Link {...ICON} />
      <span className="optional" aria-live="polite">
        {text(copied ? 'toolbar.copy-invite.done' : 'toolbar.copy-invite.short')}
      </span>
    </button>
  );
}
