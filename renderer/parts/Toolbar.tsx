import { CornerDownLeft, Phone, Settings, Video } from 'lucide-react';
import { canStart } from '../../shared/callState';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';
import type { Panel } from '../Shell';
import { useShortcutHint } from '../shortcutHint';
import { CallControls } from './CallControls';
import { FreeSwitch } from './FreeSwitch';
import { ICON } from './icon';

interface ToolbarProps {
  snapshot: Snapshot | undefined;
  onPanel: (panel: Panel) => void;
}

/** Start buttons while there is no call, call controls while there is one, in the same place. */
export function Toolbar({ snapshot, onPanel }: ToolbarProps) {
  const call = snapshot?.call;
  const hint = useShortcutHint();
  return (
    <div className="toolbar" role="toolbar" aria-label={text('toolbar.name')}>
      {call === undefined || canStart(call) ? (
        <StartButtons ready={call !== undefined} onJoin={() => onPanel('join')} />
      ) : (
        <CallControls call={call} />
      )}
      <span className="spring" />
      <LobbyName snapshot={snapshot} />
      <FreeSwitch snapshot={snapshot} onNotice={() => onPanel('free-notice')} />
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

function LobbyName({ snapshot }: { snapshot: Snapshot | undefined }) {
  const lobbyUrl = snapshot?.settings.lobbyUrl ?? '';
  if (lobbyUrl === '' || snapshot?.settings.freeMode === true) return null;
  return <span className="lobby">{new URL(lobbyUrl).host}</span>;
}
