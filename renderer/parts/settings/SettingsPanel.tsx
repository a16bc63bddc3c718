import { type ReactNode, useEffect, useRef } from 'react';
import { canStart } from '../../../shared/callState';
import type { Snapshot } from '../../../shared/ipc/snapshot';
import { text } from '../../i18n/text';
import '../../settings.css';
import { AboutSection } from './AboutSection';
import { AppearanceSection } from './AppearanceSection';
import { CallsSection } from './CallsSection';
import { DeviceSettings } from './DeviceSettings';
import { LobbySection } from './LobbySection';
import { OutsideSettings } from './OutsideSettings';
import { SettingsSection } from './SettingsSection';
import { ShortcutSettings } from './ShortcutSettings';
import { UpdatesSection } from './UpdatesSection';

export interface SettingsPanelProps {
  snapshot: Snapshot;
  /** The field, or the section, that takes the keyboard. */
  focus: 'lobby' | 'token' | 'devices' | 'updates' | 'about';
  unsaved: boolean;
  onUnsaved: (unsaved: boolean) => void;
  /** The user wants to go, and has not saved: they are asked. */
  asking: boolean;
  onAnswer: (answer: 'discard' | 'stay') => void;
  onDone: () => void;
}

/** All settings, one section under another; those of a section count at once unless it has a "Save" of its own. */
export function SettingsPanel(props: SettingsPanelProps) {
  const { snapshot, focus, asking, onAnswer, onDone } = props;
  const { settings, credential, signIn, call, desktop, shortcuts } = snapshot;
  const sections: readonly (readonly [id: string, title: string, content: ReactNode])[] = [
    [
      'lobby',
      text('settings.section.lobby'),
      <LobbySection
        key="lobby"
        settings={settings}
        credential={credential}
        signIn={signIn}
        focus={focus === 'lobby' || focus === 'token' ? focus : undefined}
        unsaved={props.unsaved}
        onUnsaved={props.onUnsaved}
      />,
    ],
    ['calls', text('settings.section.calls'), <CallsSection key="calls" settings={settings} />],
    [
      'devices',
      text('settings.section.devices'),
      <DeviceSettings key="devices" devices={snapshot.devices} />,
    ],
    [
      'outside',
      text('outside.title'),
      <OutsideSettings key="outside" settings={settings} desktop={desktop} />,
    ],
    [
      'appearance',
      text('settings.section.appearance'),
      <AppearanceSection key="appearance" settings={settings} />,
    ],
    ['shortcuts', text('shortcuts.title'), <ShortcutSettings key="shortcuts" shortcuts={shortcuts} />],
    [
      'updates',
      text('updates.title'),
      <UpdatesSection key="updates" update={snapshot.update} settings={settings} call={call} />,
    ],
    ['about', text('about.title'), <AboutSection key="about" copied={snapshot.diagnosticsCopied} />],
  ];
  useEffect(() => {
    if (focus !== 'lobby' && focus !== 'token') show(focus);
  }, [focus]);
  return (
    <div className="settings">
      <div className="settings-head">
        <h1>{text('settings.title')}</h1>
        <button type="button" className="outlined" onClick={onDone}>
          {text('settings.done')}
        </button>
      </div>
      {call.phase === 'failed' && call.failure.code === 'no-lobby' && (
        <p className="settings-note" role="alert">
          <strong>{text('failure.no-lobby')}</strong> {text('failure.no-lobby.advice')}
        </p>
      )}
      {asking && <UnsavedQuestion onAnswer={onAnswer} />}
      {!canStart(call) && <p className="settings-hint muted">{text('settings.in-call')}</p>}
      <nav className="settings-nav" aria-label={text('settings.sections')}>
        {sections.map(([id, title]) => (
          <button key={id} type="button" onClick={() => show(id)}>
            {title}
          </button>
        ))}
      </nav>
      <div className="settings-sections">
        {sections.map(([id, title, content]) => (
          <SettingsSection key={id} id={id} title={title}>
            {content}
          </SettingsSection>
        ))}
      </div>
    </div>
  );
}

function show(id: string): void {
  const heading = document.getElementById(`settings-${id}`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

function UnsavedQuestion({ onAnswer }: { onAnswer: SettingsPanelProps['onAnswer'] }) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div className="settings-question">
      <p role="alert">{text('settings.unsaved')}</p>
      <button ref={stay} type="button" className="outlined" onClick={() => onAnswer('stay')}>
        {text('settings.unsaved.stay')}
      </button>
      <button type="button" className="outlined" onClick={() => onAnswer('discard')}>
        {text('settings.unsaved.discard')}
      </button>
    </div>
  );
}
