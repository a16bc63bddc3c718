import { useEffect, useState } from 'react';
import type { Snapshot } from '../shared/ipc/snapshot';
import { ConnectionNotice } from './parts/ConnectionNotice';
import { DeviceNotices } from './parts/DeviceNotices';
import { EmptyState } from './parts/EmptyState';
import { FailurePanel } from './parts/FailurePanel';
import { FreeNotice } from './parts/FreeNotice';
import { JoinPanel } from './parts/JoinPanel';
import { MeetingStage } from './parts/MeetingStage';
import { ProgressPanel } from './parts/ProgressPanel';
import { SettingsFileNotice } from './parts/SettingsFileNotice';
import { SettingsPanel } from './parts/SettingsPanel';
import { SharingNotice } from './parts/SharingNotice';
import { SourcePicker } from './parts/SourcePicker';
import { StatusBar } from './parts/StatusBar';
import { Toolbar } from './parts/Toolbar';
import { ChordsContext } from './shortcutHint';
import { useSnapshot } from './useSnapshot';

/** A panel that the user has opened over whatever the call shows. */
export type Panel = 'settings' | 'token' | 'join' | 'free-notice';

export function Shell() {
  const snapshot = useSnapshot();
  const [panel, setPanel] = useState<Panel>();
  const phase = snapshot?.call.phase;

  // A call that starts or fails takes the stage, whatever stood there.
  const [seenPhase, setSeenPhase] = useState(phase);
  if (phase !== seenPhase) {
    setSeenPhase(phase);
    if (phase === 'requesting' || phase === 'failed') setPanel(undefined);
  }

  useEffect(() => window.parley.onPanel(setPanel), []);

  useEffect(() => {
    if (panel === undefined) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setPanel(undefined);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [panel]);

  return (
    <div className="frame">
      <header>
        <ChordsContext value={snapshot?.shortcuts.chords}>
          <Toolbar snapshot={snapshot} onPanel={setPanel} />
        </ChordsContext>
      </header>
      <div>
        {snapshot?.settingsFault !== undefined && <SettingsFileNotice fault={snapshot.settingsFault} />}
        {snapshot?.call.phase === 'joined' && <ConnectionNotice call={snapshot.call} />}
        {snapshot?.sharing.shared !== undefined && <SharingNotice shared={snapshot.sharing.shared} />}
        {snapshot?.call.phase === 'joined' && <DeviceNotices call={snapshot.call} />}
      </div>
      {snapshot === undefined ? (
        <main className="stage" />
      ) : (
        <StageContent snapshot={snapshot} panel={panel} onPanel={setPanel} />
      )}
      <StatusBar call={snapshot?.call} />
    </div>
  );
}

interface StageContentProps {
  snapshot: Snapshot;
  panel: Panel | undefined;
  onPanel: (panel: Panel | undefined) => void;
}

function StageContent({ snapshot, panel, onPanel }: StageContentProps) {
  const { call } = snapshot;
  const close = () => onPanel(undefined);
  const { picker } = snapshot.sharing;
  if (picker !== undefined) {
    return (
      <main className="stage">
        <SourcePicker picker={picker} />
      </main>
    );
  }
  const rejoining = call.phase === 'joined' && call.connection.state === 'rejoining';
  if (panel === undefined && (call.phase === 'connecting' || (call.phase === 'joined' && !rejoining)))
    return <MeetingStage />;
  return (
    <main className="stage">
      {panel === 'settings' || panel === 'token' ? (
        <SettingsPanel snapshot={snapshot} focus={panel === 'token' ? 'token' : 'lobby'} onDone={close} />
      ) : panel === 'join' ? (
        <JoinPanel onDone={close} />
      ) : panel === 'free-notice' ? (
        <FreeNotice onDone={close} />
      ) : call.phase === 'failed' ? (
        <FailurePanel failure={call.failure} onPanel={onPanel} />
      ) : call.phase === 'idle' ? (
        <EmptyState snapshot={snapshot} onSettings={() => onPanel('settings')} />
      ) : (
        <ProgressPanel step={call.phase === 'joined' ? 'reconnecting' : call.phase} />
      )}
    </main>
  );
}
