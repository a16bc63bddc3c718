import { ChevronDown, CornerDownLeft, Phone, Settings, Video } from 'lucide-react';
import type { MouseEvent } from 'react';
import { canStart } from '../../shared/callState';
import type { ChangeResult, Snapshot } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';
import type { Panel } from '../Shell';
import { useShortcutHint } from '../shortcutHint';
import { onToolbarKey } from '../toolbarKeys';
import { useKeptFocus } from '../useKeptFocus';
import { CallControls } from './CallControls';
import { FreeSwitch } from './FreeSwitch';
import { ICON } from './icon';

interface ToolbarProps {
  snapshot: Snapshot | undefined;
  onPanel: (panel: Panel) => void;
  /** What a change that was made here came to. */
  onChanged: (result: ChangeResult) => void;
}

/** Start buttons while there is no call, call controls while there is one, in the same place. */
export function Toolbar({ snapshot, onPanel, onChanged }: ToolbarProps) {
  const call = snapshot?.call;
  const hint = useShortcutHint();
  const idle = call === undefined || canStart(call);
  const toolbar = useKeptFocus(idle ? 'idle' : call.phase === 'joined' ? 'joined' : 'under-way');
  return (
    <div
      className="toolbar"
      role="toolbar"
      aria-label={text('toolbar.name')}
      ref={toolbar}
      tabIndex={-1}
      onKeyDown={onToolbarKey}
    >
      {idle ? (
        <StartButtons ready={call !== undefined} onJoin={() => onPanel('join')} />
      ) : (
        <CallControls call={call} hidden={snapshot?.meetingHidden === true} />
      )}
      <span className="spring" />
      <LobbySwitcher snapshot={snapshot} onManage={() => onPanel('settings')} onChanged={onChanged} />
      <FreeSwitch snapshot={snapshot} onNotice={() => onPanel('free-notice')} onChanged={onChanged} />
      <button
        type="button"
        aria-label={text('toolbar.settings')}
        title={hint(text('toolbar.settings'), 'settings')}
        disabled={snapshot === undefined}
        onClick={() => onPanel('settings')}
      >
        <Settings {...ICON} />
      </button>
    </div>
  );
}

interface StartButtonsProps {
  ready: boolean;
  onJoin: () => void;
}

function StartButtons({ ready, onJoin }: StartButtonsProps) {
  const hint = useShortcutHint();
  const buttons = [
    ['start-voice', Phone, () => void window.parley.send('call/start', { media: 'audio' })],
    ['start-video', Video, () => void window.parley.send('call/start', { media: 'video' })],
    ['join', CornerDownLeft, onJoin],
  ] as const;
  return buttons.map(([name, Icon, onClick]) => (
    <button
      key={name}
      type="button"
      aria-label={text(`toolbar.${name}`)}
      title={hint(text(`toolbar.${name}`), name)}
      disabled={!ready}
      onClick={onClick}
    >
      <Icon {...ICON} />
      <span className="short">{text(`toolbar.${name}.short`)}</span>
    </button>
  ));
}

interface LobbySwitcherProps {
  snapshot: Snapshot | undefined;
  /** The user wants to see the settings of lobbies. */
  onManage: () => void;
  onChanged: (result: ChangeResult) => void;
}

/** Names the lobby in use; opens the menu of all, which the system draws. */
function LobbySwitcher({ snapshot, onManage, onChanged }: LobbySwitcherProps) {
  const lobbyUrl = snapshot?.settings.lobbyUrl ?? '';
  if (lobbyUrl === '' || snapshot?.settings.freeMode === true) return null;
  const { host } = new URL(lobbyUrl);
  const tooltip = `${host}: ${text('toolbar.lobby.hint')}`;
  const open = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const { left, bottom } = currentTarget.getBoundingClientRect();
    const at = { x: Math.max(0, Math.round(left)), y: Math.round(bottom) };
    const answer = await window.parley.send('lobbies/menu', at);
    if (answer === 'manage') onManage();
    else onChanged(answer);
  };
  return (
    <button
      type="button"
      className="lobby"
      aria-haspopup="menu"
      aria-label={text('toolbar.lobby', { host })}
      title={tooltip}
      onClick={(event) => void open(event)}
    >
      <span className="clipped">{host}</span>
      <ChevronDown {...ICON} />
    </button>
  );
}
