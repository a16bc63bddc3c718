import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react';
import type { CallState } from '../shared/callState';
import type { ChangeResult, Snapshot } from '../shared/ipc/snapshot';
import { policyFileWords, settingsFileWords } from './fileFaultWords';
import { ConnectionNotice } from './parts/ConnectionNotice';
import { DeviceNotices } from './parts/DeviceNotices';
import { FailurePanel } from './parts/FailurePanel';
import { FileFaultNotice } from './parts/FileFaultNotice';
import { FreeNotice } from './parts/FreeNotice';
import { IdleStage } from './parts/IdleStage';
import { JoinPanel } from './parts/JoinPanel';
import { LostDeviceNotices } from './parts/LostDeviceNotices';
import { MeetingNotices } from './parts/MeetingNotices';
import { LinkPanel } from './parts/LinkPanel';
import { MeetingStage } from './parts/MeetingStage';
import { NotWrittenNotice } from './parts/NotWrittenNotice';
import { ProgressPanel } from './parts/ProgressPanel';
import type { SettingsPanelProps } from './parts/settings/SettingsPanel';
import { SharingNotice } from './parts/SharingNotice';
import { SideSlot } from './parts/side/SideSlot';
import { SourcePicker } from './parts/SourcePicker';
import { StatusBar } from './parts/StatusBar';
import { TalkedMutedNotice } from './parts/TalkedMutedNotice';
import { Toolbar } from './parts/Toolbar';
import { VoicePanel } from './parts/VoicePanel';
import { ChordsContext } from './shortcutHint';
import { useShortcutKeys } from './useShortcutKeys';
import { useSnapshot } from './useSnapshot';

/** Not needed for the first paint, nor for a call. */
const SettingsPanel = lazy(async () => {
  const { SettingsPanel: panel } = await import('./parts/settings/SettingsPanel');
  return { default: panel };
});

/** Those that the settings are: as a whole, or at one of their places. */
const SETTINGS_PANELS = ['settings', 'token', 'devices', 'updates', 'about'] as const;
type SettingsPanelName = (typeof SETTINGS_PANELS)[number];

/** A panel that the user has opened over whatever the call shows. */
export type Panel = SettingsPanelName | 'join' | 'free-notice';

const withoutLobby = (call: CallState | undefined) =>
  call?.phase === 'failed' && call.failure.code === 'no-lobby';

/** Whether the page says that it shows the screen, or has just been given one and may show it already. */
const isShared = ({ call, sharing }: Snapshot) =>
  sharing.shared !== undefined || (call.phase === 'joined' && call.meeting.sharing);

const isSettings = (panel: Panel | undefined): panel is SettingsPanelName =>
  SETTINGS_PANELS.some((name) => name === panel);

export function Shell() {
  const snapshot = useSnapshot();
  useShortcutKeys(snapshot?.shortcuts.chords);
  const [panel, setPanel] = useState<Panel>();
  const [unsaved, setUnsaved] = useState(false);
  /** Where the user wants to go from settings that are not saved. */
  const [wanted, setWanted] = useState<{ panel: Panel | undefined }>();
  /** Why a change that was made outside of the settings could not be written. */
  const [notWritten, setNotWritten] = useState<string>();
  const onChanged = (result: ChangeResult) => setNotWritten(result.ok ? undefined : result.fault);
  const phase = snapshot?.call.phase;

  // A call that starts, fails or asks somebody something takes the stage, whatever stood there.
  const waiting = snapshot !== undefined && 'meeting' in snapshot.call && snapshot.call.meeting.waiting;
  const [seen, setSeen] = useState({ phase, waiting });
  if (phase !== seen.phase || waiting !== seen.waiting) {
    setSeen({ phase, waiting });
    const asks = waiting !== false && waiting !== undefined;
    const takesStage = (phase !== seen.phase && (phase === 'requesting' || phase === 'failed')) || asks;
    // With no lobby set nothing is wrong: what is missing is asked for.
    if (takesStage && !unsaved) setPanel(withoutLobby(snapshot?.call) ? 'settings' : undefined);
  }
  const show = (next: Panel | undefined) => {
    setPanel(next);
    setUnsaved(false);
    setWanted(undefined);
    if (next === undefined && withoutLobby(snapshot?.call)) void window.parley.send('call/dismiss');
  };
  const go = (next: Panel | undefined) => {
    if (isSettings(panel) && isSettings(next)) setPanel(next);
    else if (unsaved && isSettings(panel)) setWanted({ panel: next });
    else show(next);
  };
  const onAnswer = (answer: 'discard' | 'stay') => {
    if (answer === 'discard') show(wanted?.panel);
    else setWanted(undefined);
  };

  const onPanel = useEffectEvent(go);
  const onEscape = useEffectEvent(() => {
    // A question that stands before the panel takes the key for itself.
    if (snapshot?.link === undefined && snapshot?.sharing.picker === undefined) go(undefined);
  });
  useEffect(() => window.parley.onPanel((next) => onPanel(next)), []);

  useEffect(() => {
    if (panel === undefined) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [panel]);

  return (
    <div className="frame">
      <header>
        <ChordsContext value={snapshot?.shortcuts.chords}>
          <Toolbar snapshot={snapshot} onPanel={go} onChanged={onChanged} />
        </ChordsContext>
      </header>
      <div>
        {snapshot?.policyFault !== undefined && (
          <FileFaultNotice words={policyFileWords(snapshot.policyFault)} />
        )}
        {snapshot?.settingsFault !== undefined && (
          <FileFaultNotice words={settingsFileWords(snapshot.settingsFault)} />
        )}
        {notWritten !== undefined && (
          <NotWrittenNotice detail={notWritten} onDismiss={() => setNotWritten(undefined)} />
        )}
        {(snapshot?.call.phase === 'connecting' || snapshot?.call.phase === 'joined') && (
          <ConnectionNotice call={snapshot.call} />
        )}
        {snapshot !== undefined && isShared(snapshot) && <SharingNotice shared={snapshot.sharing.shared} />}
        {snapshot?.call.phase === 'joined' && (
          <DeviceNotices call={snapshot.call} privacySettings={snapshot.privacySettings} />
        )}
        {snapshot?.call.phase === 'joined' && <TalkedMutedNotice call={snapshot.call} />}
        {snapshot !== undefined && <LostDeviceNotices lost={snapshot.devices.lost} />}
        {snapshot?.call.phase === 'joined' && <MeetingNotices meeting={snapshot.call.meeting} />}
      </div>
      {snapshot === undefined ? (
        <main className="stage" />
      ) : (
        <div className="body">
          <StageContent
            snapshot={snapshot}
            panel={panel}
            onPanel={go}
            onChanged={onChanged}
            form={{ unsaved, onUnsaved: setUnsaved, asking: unsaved && wanted !== undefined, onAnswer }}
          />
          {panel === undefined && <SideSlot snapshot={snapshot} />}
        </div>
      )}
      <StatusBar snapshot={snapshot} onUpdates={() => go('updates')} />
    </div>
  );
}

interface StageContentProps {
  snapshot: Snapshot;
  panel: Panel | undefined;
  onPanel: (panel: Panel | undefined) => void;
  onChanged: (result: ChangeResult) => void;
  /** What the settings hold that is not saved. */
  form: Pick<SettingsPanelProps, 'unsaved' | 'onUnsaved' | 'asking' | 'onAnswer'>;
}

function StageContent({ snapshot, panel, onPanel, onChanged, form }: StageContentProps) {
  const { call } = snapshot;
  const close = () => onPanel(undefined);
  const { picker } = snapshot.sharing;
  const question =
    picker !== undefined ? (
      <SourcePicker picker={picker} />
    ) : (
      snapshot.link !== undefined && <LinkPanel key={snapshot.link.id} question={snapshot.link} call={call} />
    );
  // What is typed into the settings stays there until the question is answered.
  if (question !== false && !isSettings(panel)) return <main className="stage">{question}</main>;
  const rejoining =
    call.phase === 'joined' &&
    call.connection.state === 'rejoining' &&
    // The page that takes the other's place asks somebody something.
    call.meeting.waiting === undefined;
  if (panel === undefined && (call.phase === 'connecting' || (call.phase === 'joined' && !rejoining))) {
    if (!snapshot.meetingHidden) return <MeetingStage />;
    if (call.phase === 'joined') return <VoicePanel call={call} ownName={snapshot.settings.displayName} />;
  }
  return (
    <main className="stage">
      {question}
      {isSettings(panel) ? (
        <div className="kept" hidden={question !== false}>
          <Suspense>
            <SettingsPanel
              snapshot={snapshot}
              focus={panel === 'settings' ? 'lobby' : panel}
              onDone={close}
              {...form}
            />
          </Suspense>
        </div>
      ) : panel === 'join' ? (
        <JoinPanel onDone={close} />
      ) : panel === 'free-notice' ? (
        <FreeNotice onChanged={onChanged} onDone={close} />
      ) : call.phase === 'failed' && !withoutLobby(call) ? (
        <FailurePanel failure={call.failure} onPanel={onPanel} />
      ) : call.phase === 'idle' || call.phase === 'failed' ? (
        <IdleStage snapshot={snapshot} />
      ) : (
        <ProgressPanel step={call.phase === 'joined' ? 'reconnecting' : call.phase} />
      )}
    </main>
  );
}
