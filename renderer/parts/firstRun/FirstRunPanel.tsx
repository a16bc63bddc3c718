import { type InputEvent, type SubmitEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { FirstRunState } from '../../../shared/firstRun';
import type { Snapshot } from '../../../shared/ipc/snapshot';
import { ACCESS_TOKEN_MAX, ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../../shared/limits';
import { parseServerAddress } from '../../../shared/webUrl';
import '../../devices.css';
import '../../firstRun.css';
import { text } from '../../i18n/text';
import { Field } from '../Field';
import { isBusy, Outcome, TokenHeld } from '../settings/lobbyOutcome';
import { SignIn } from '../settings/SignIn';
import {
  asksForToken,
  asksWho,
  type FirstRunProgress,
  lobbyFaultText,
  mayKeep,
  progressOf,
  tokenFault,
} from './firstRunProgress';
import { FreeChoice } from './FreeChoice';
import { MicrophoneTest } from './MicrophoneTest';

interface FirstRunPanelProps {
  snapshot: Snapshot;
  firstRun: FirstRunState;
}

/** Where the keyboard goes from here: to the toolbar's first button, which starts a voice call. */
const focusStart = () => document.querySelector<HTMLElement>('[role=toolbar] button')?.focus();

/** What is missing before the first call, on one screen. */
export function FirstRunPanel({ snapshot, firstRun }: FirstRunPanelProps) {
  const { signIn, credential, devices } = snapshot;
  const { asks, typed } = firstRun;
  const form = useRef<HTMLFormElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const lobby = useRef<HTMLInputElement>(null);
  const free = useRef<HTMLInputElement>(null);
  const token = useRef<HTMLInputElement>(null);
  const id = useId();
  const [usesFree, setUsesFree] = useState(asks.free && typed.free);
  const [progress, setProgress] = useState<FirstRunProgress>({ step: 'none' });
  const busy = progress.step !== 'held' && isBusy(progress);

  const draft = () => ({
    name: name.current?.value ?? '',
    lobby: lobby.current?.value ?? '',
    free: free.current?.checked ?? false,
  });
  const look = () =>
    void window.parley.send('sign-in/look', {
      lobbyUrl: asks.lobby ? draft().lobby : firstRun.lobby,
    });
  const begin = useEffectEvent(() => {
    look();
    // Nobody who is in the toolbar already is taken away from there.
    if (document.activeElement === document.body) form.current?.querySelector('input')?.focus();
  });
  useEffect(() => begin(), []);

  const origin = parseServerAddress(asks.lobby ? typed.lobby : firstRun.lobby)?.origin;
  const here = !usesFree && origin !== undefined && origin === signIn.lobby;
  const { ways, account } = signIn;
  const signedIn = account.by === 'password' || (account.by === 'browser' && !account.expired);
  const unknown = !signedIn && account.by !== 'token';
  const asked = asksForToken(progress, signedIn);
  const wantsToken = !usesFree && ((here && ways?.token === true && !ways.open && unknown) || asked);
  const host = origin === undefined ? '' : new URL(origin).host;

  const finish = async (anyway: boolean) => {
    // Nobody is there any more whom a sign-in that has just ended could lead on.
    if (busy || form.current === null) return;
    setProgress({ step: usesFree ? 'saving' : 'testing' });
    look();
    const accessToken = token.current?.value ?? '';
    const result = await window.parley
      .send('first-run/finish', { ...draft(), accessToken, anyway })
      .catch(() => undefined);
    if (result?.ok === true) {
      focusStart();
      return;
    }
    const next = progressOf(result);
    setProgress(next);
    if (lobbyFaultText(next, asks.free) !== undefined) lobby.current?.focus();
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void finish(progress.step === 'held');
  };
  const onInput = ({ target }: InputEvent) => {
    if (target === lobby.current) setProgress({ step: 'none' });
    void window.parley.send('first-run/typed', draft());
  };
  const keep = async () => {
    const result = await window.parley.send('first-run/keep', draft());
    if (!result.ok) setProgress({ step: 'not-saved', result });
    return result.ok;
  };
  const putOff = async () => {
    await window.parley.send('first-run/show', { on: false });
    focusStart();
  };

  return (
    <section className="panel first-run" aria-labelledby={`${id}-title`}>
      <div>
        <h1 id={`${id}-title`}>{text('first-run.title')}</h1>
        <p className="muted">{text('first-run.advice')}</p>
      </div>
      <form id={id} ref={form} onSubmit={onSubmit} onInput={onInput}>
        {asks.name && (
          <Field
            ref={name}
            name="name"
            label={text('first-run.name')}
            hint={text('settings.name.hint')}
            value={typed.name}
            maxLength={DISPLAY_NAME_MAX}
          />
        )}
        {asks.lobby && (
          <Field
            ref={lobby}
            name="lobby"
            label={text('first-run.lobby')}
            hint={text('settings.lobby.hint')}
            fault={usesFree ? undefined : lobbyFaultText(progress, asks.free)}
            value={typed.lobby}
            maxLength={ADDRESS_MAX}
            readOnly={usesFree}
            onBlur={look}
          />
        )}
        {asks.free && <FreeChoice ref={free} on={usesFree} onChange={setUsesFree} />}
        {wantsToken && (
          <Field
            ref={token}
            name="token"
            label={text('settings.token')}
            hint={`${text('settings.test.unauthorized.none', { host })} ${text('settings.token.hint')}`}
            fault={tokenFault(progress)}
            maxLength={ACCESS_TOKEN_MAX}
            focused={asked}
            secret
          />
        )}
      </form>
      {here && (
        <SignIn
          signIn={signIn}
          focused={asksWho(progress) && !wantsToken}
          onSave={keep}
          onEnd={() => void finish(false)}
          heading="h2"
        />
      )}
      <MicrophoneTest devices={devices} />
      <div className="outcome">
        {progress.step === 'held'
          ? // Of a sign-in that is said where it stands.
            !signedIn && <TokenHeld credential={credential} />
          : !asksWho(progress) && <Outcome progress={progress} />}
      </div>
      <div className="actions">
        <button type="submit" form={id} className="primary" disabled={busy}>
          {text('first-run.action')}
        </button>
        {mayKeep(progress) && (
          <button type="button" className="outlined" onClick={() => void finish(true)}>
            {text('first-run.anyway')}
          </button>
        )}
        <button type="button" className="outlined" onClick={() => void putOff()}>
          {text('first-run.later')}
        </button>
      </div>
    </section>
  );
}
