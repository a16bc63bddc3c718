import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { LobbyForm } from '../../../shared/ipc/commands/settings';
import type { CredentialState, SettingName, ShownSettings } from '../../../shared/ipc/snapshot';
import type { SignInState } from '../../../shared/signIn';
import { ACCESS_TOKEN_MAX, ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../../shared/limits';
import { text } from '../../i18n/text';
import { Field } from '../Field';
import { LobbyList } from './LobbyList';
import {
  addressFaultText,
  credentialText,
  isBusy,
  Outcome,
  type Progress,
  tellsOfKeychain,
  tokenFaultText,
} from './lobbyOutcome';
import { SignIn } from './SignIn';

interface LobbySectionProps {
  settings: ShownSettings;
  credential: CredentialState;
  signIn: SignInState;
  /** The field that takes the keyboard. */
  focus: 'lobby' | 'token' | undefined;
  unsaved: boolean;
  onUnsaved: (unsaved: boolean) => void;
}

/** Where calls go, under which name, and by what right. Saved by a button: an address is of no use half typed. */
export function LobbySection(props: LobbySectionProps) {
  const { settings, credential, signIn, focus, unsaved, onUnsaved } = props;
  const lobby = useRef<HTMLInputElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const token = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<Progress>({ step: 'none' });
  const busy = isBusy(progress);

  useEffect(() => void window.parley.send('settings/inspect'), []);
  // Saved, or another lobby is in use: the field shows its address as it is kept.
  const { lobbyUrl, displayName } = settings;
  useEffect(() => void window.parley.send('sign-in/look', { lobbyUrl }), [lobbyUrl]);
  useEffect(() => {
    if (!unsaved && lobby.current !== null) lobby.current.value = lobbyUrl;
  }, [unsaved, lobbyUrl]);

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
  const compare = () => {
    const typed = form();
    onUnsaved(
      typed.lobbyUrl !== lobbyUrl || typed.displayName !== displayName || typed.accessToken !== undefined,
    );
  };
  const look = () => void window.parley.send('sign-in/look', { lobbyUrl: form().lobbyUrl });
  /** Whether it is saved now. */
  const save = async (): Promise<boolean> => {
    let saved = false;
    await run({ step: 'saving' }, async () => {
      const result = await window.parley.send('settings/save', form());
      if (!result.ok) return { step: 'not-saved', result };
      if (token.current !== null) token.current.value = '';
      onUnsaved(false);
      saved = true;
      return { step: 'saved', credential: result.credential };
    });
    look();
    return saved;
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy) void save();
  };
  const test = () =>
    run({ step: 'testing' }, async () => {
      look();
      return { step: 'tested', check: await window.parley.send('settings/test', form()) };
    });
  const forget = async () => {
    await run({ step: 'forgetting' }, async () => {
      if (token.current !== null) token.current.value = '';
      compare();
      return { step: 'forgotten', credential: await window.parley.send('settings/forget') };
    });
    // Nobody is signed in any more.
    look();
  };

  const locked = (setting: SettingName) => settings.locked.includes(setting);
  const hint = (setting: SettingName, otherwise: string) =>
    locked(setting)
      ? text('settings.locked')
      : settings.overridden.includes(setting)
        ? text('settings.overridden')
        : otherwise;
  const { ways, account } = signIn;
  // A lobby that has not said what it takes may well take tokens.
  const tokenTaken = ways === undefined || ways.token || ways.open;
  const signedIn = account.by === 'browser' || account.by === 'password';
  const saidElsewhere = signedIn || tellsOfKeychain(progress);
  const listed = locked('lobbies') && !locked('lobbyUrl');
  return (
    <>
      <form className="lobby-form" onSubmit={onSubmit} onInput={compare}>
        <Field
          ref={lobby}
          name="lobby"
          label={text('settings.lobby')}
          hint={listed ? text('settings.lobby.listed') : hint('lobbyUrl', text('settings.lobby.hint'))}
          fault={addressFaultText(progress)}
          value={lobbyUrl}
          maxLength={ADDRESS_MAX}
          readOnly={locked('lobbyUrl') || listed}
          focused={focus === 'lobby'}
          onBlur={look}
        />
        <Field
          ref={name}
          name="name"
          label={text('settings.name')}
          hint={hint('displayName', text('settings.name.hint'))}
          value={displayName}
          maxLength={DISPLAY_NAME_MAX}
          readOnly={locked('displayName')}
        />
        {tokenTaken && (
          <Field
            ref={token}
            name="token"
            label={text('settings.token')}
            hint={`${text('settings.token.hint')} ${saidElsewhere ? '' : credentialText(credential)}`.trim()}
            fault={tokenFaultText(progress)}
            maxLength={ACCESS_TOKEN_MAX}
            focused={focus === 'token'}
            secret
          />
        )}
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
        </div>
        <div className="outcome">
          <Outcome progress={progress} />
        </div>
      </form>
      <SignIn
        signIn={signIn}
        focused={focus === 'token' && !tokenTaken}
        onSave={() => (unsaved ? save() : Promise.resolve(true))}
      />
      <LobbyList settings={settings} unsaved={unsaved} />
    </>
  );
}
