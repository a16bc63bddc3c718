import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { LobbyForm } from '../../shared/ipc/commands/settings';
import type {
  CredentialState,
  LobbyCheck,
  SaveResult,
  SettingName,
  Snapshot,
} from '../../shared/ipc/snapshot';
import { ACCESS_TOKEN_MAX, ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../shared/limits';
import { keychainWords, networkWords } from '../failureWords';
import { text } from '../i18n/text';
import { Field } from './Field';
import { OutsideSettings } from './settings/OutsideSettings';
import { ShortcutSettings } from './settings/ShortcutSettings';

interface SettingsPanelProps {
  snapshot: Snapshot;
  /** The field that takes the keyboard. */
  focus: 'lobby' | 'token';
  onDone: () => void;
}

type Progress =
  | { step: 'none' }
  | { step: 'saving' }
  | { step: 'saved' }
  | { step: 'not-saved'; result: SaveResult & { ok: false } }
  | { step: 'testing' }
  | { step: 'forgetting' }
  | { step: 'tested'; check: LobbyCheck }
  | { step: 'forgotten' }
  | { step: 'failed' };

/** The form for lobby and name, which is saved as a whole, and sections whose changes count at once. */
export function SettingsPanel({ snapshot, focus, onDone }: SettingsPanelProps) {
  return (
    <div className="settings">
      <LobbySettings snapshot={snapshot} focus={focus} onDone={onDone} />
      <OutsideSettings desktop={snapshot.desktop} />
      <ShortcutSettings shortcuts={snapshot.shortcuts} />
    </div>
  );
}

function LobbySettings({ snapshot: { settings, credential }, focus, onDone }: SettingsPanelProps) {
  const lobby = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const token = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<Progress>({ step: 'none' });
  const busy = ['saving', 'testing', 'forgetting'].includes(progress.step);

  useEffect(() => void window.parley.send('settings/inspect'), []);

  const run = async (underWay: Progress, work: () => Promise<Progress>) => {
    setProgress(underWay);
    setProgress(await work().catch((): Progress => ({ step: 'failed' })));
  };
  const form = (): LobbyForm => {
    const accessToken = token.current?.value ?? '';
    return {
      lobbyUrl: lobby.current?.value ?? '',
      displayName: name.current?.value ?? '',
      ...(accessToken === '' ? {} : { accessToken }),
    };
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    await run({ step: 'saving' }, async () => {
      const result = await window.parley.send('settings/save', form());
      if (result.ok && token.current !== null) token.current.value = '';
      return result.ok ? { step: 'saved' } : { step: 'not-saved', result };
    });
  };
  const test = () =>
    run({ step: 'testing' }, async () => {
      return { step: 'tested', check: await window.parley.send('settings/test', form()) };
    });
  const forget = () =>
    run({ step: 'forgetting' }, async () => {
      if (token.current !== null) token.current.value = '';
      await window.parley.send('settings/forget');
      return { step: 'forgotten' };
    });

  const locked = (setting: SettingName) => settings.locked.includes(setting);
  const hint = (setting: SettingName, otherwise: string) =>
    locked(setting)
      ? text('settings.locked')
      : settings.overridden.includes(setting)
        ? text('settings.overridden')
        : otherwise;
  return (
    <form className="panel" onSubmit={(event) => void save(event)}>
      <h1>{text('settings.title')}</h1>
      <Field
        ref={lobby}
        name="lobby"
        label={text('settings.lobby')}
        hint={hint('lobbyUrl', text('settings.lobby.hint'))}
        fault={addressFaultText(progress)}
        value={settings.lobbyUrl}
        maxLength={ADDRESS_MAX}
        readOnly={locked('lobbyUrl')}
        focused={focus === 'lobby'}
      />
      <Field
        ref={name}
        name="name"
        label={text('settings.name')}
        hint={hint('displayName', text('settings.name.hint'))}
        value={settings.displayName}
        maxLength={DISPLAY_NAME_MAX}
        readOnly={locked('displayName')}
      />
      <Field
        ref={token}
        name="token"
        label={text('settings.token')}
        hint={`${text('settings.token.hint')} ${credentialText(credential)}`}
        fault={tokenFaultText(progress)}
        maxLength={ACCESS_TOKEN_MAX}
        focused={focus === 'token'}
        secret
      />
      <Outcome progress={progress} />
      <div className="actions">
        <button type="submit" className="primary" disabled={busy}>
          {text('settings.save')}
        </button>
        <button type="button" className="outlined" disabled={busy} onClick={() => void test()}>
          {text('settings.test')}
        </button>
        <button type="button" className="outlined" disabled={busy} onClick={() => void forget()}>
          {text('settings.forget')}
        </button>
        <button type="button" className="outlined" onClick={onDone}>
          {text('settings.done')}
        </button>
      </div>
    </form>
  );
}

function addressFaultText(progress: Progress): string | undefined {
  if (progress.step === 'not-saved' && progress.result.field === 'lobbyUrl') {
    return text(`settings.fault.${progress.result.fault}`);
  }
  if (progress.step !== 'tested' || progress.check.ok) return undefined;
  const { fault } = progress.check;
  return fault === 'address' || fault === 'insecure' ? text(`settings.fault.${fault}`) : undefined;
}

function tokenFaultText(progress: Progress): string | undefined {
  const refused =
    (progress.step === 'not-saved' && progress.result.field === 'accessToken') ||
    (progress.step === 'tested' && !progress.check.ok && progress.check.fault === 'token');
  return refused ? text('settings.fault.token') : undefined;
}

function credentialText(credential: CredentialState): string {
  if (credential.state !== 'keychain-unavailable') return text(`settings.token.${credential.state}`);
  const why = keychainWords(credential.fault);
  return credential.heldUntilQuit ? `${why} ${text('settings.token.held')}` : why;
}

function Outcome({ progress }: { progress: Progress }) {
  switch (progress.step) {
    case 'none':
      return null;
    case 'saving':
    case 'testing':
    case 'forgetting':
    case 'saved':
    case 'forgotten':
      return <p aria-live="polite">{text(`settings.${progress.step}`)}</p>;
    case 'failed':
      return (
        <p className="fault" role="alert">
          {text('settings.failed')}
        </p>
      );
    case 'not-saved':
      return progress.result.field === 'file' ? (
        <p className="fault" role="alert">
          {text('settings.fault.file', { detail: progress.result.detail })}
        </p>
      ) : null;
    case 'tested':
      return <CheckResult check={progress.check} />;
  }
}

function CheckResult({ check }: { check: LobbyCheck }) {
  if (check.ok) {
    const deployments = check.deployments.join(', ');
    return (
      <p className="good" aria-live="polite">
        {text('settings.test.ok', { host: check.host, deployments })}
      </p>
    );
  }
  if (check.fault === 'address' || check.fault === 'insecure' || check.fault === 'token') return null;
  return (
    <p className="fault" role="alert">
      {checkFaultText(check)}
    </p>
  );
}

function checkFaultText(
  check: Exclude<
    LobbyCheck,
    { ok: true } | { fault: 'address' } | { fault: 'insecure' } | { fault: 'token' }
  >,
): string {
  switch (check.fault) {
    case 'unreachable':
      return networkWords(check.network, check.host);
    case 'unauthorized':
      return text(`settings.test.unauthorized.${check.tokenSent ? 'sent' : 'none'}`, { host: check.host });
    case 'keychain':
      return keychainWords(check.keychain);
    case 'timeout':
      return text('settings.test.timeout', { host: check.host, seconds: check.seconds });
    case 'broken':
      return text('settings.test.broken', { host: check.host, status: check.status });
    case 'not-a-lobby':
      return text('settings.test.not-a-lobby', { host: check.host });
  }
}
