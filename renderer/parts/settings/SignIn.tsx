import { type SubmitEvent, useEffect, useRef } from 'react';
import { LOGIN_MAX } from '../../../shared/limits';
import type { Account, SignInProgress, SignInState, SignInWays } from '../../../shared/signIn';
import { keychainWords } from '../../failureWords';
import { text } from '../../i18n/text';
import { signInFaultWords } from '../../signInWords';
import '../../signIn.css';
import { Field } from '../Field';

interface SignInProps {
  signIn: SignInState;
  /** The settings were opened to sign in. */
  focused: boolean;
  /** Saves the form above, whose lobby it is about; `false` when it could not be. */
  onSave: () => Promise<boolean>;
  /** A sign-in has come to an end, well or not. */
  onEnd?: () => void;
  /** Of the heading: one below what stands over it. */
  heading?: 'h2' | 'h3';
}

/** The ways in that a lobby announces besides access tokens, and who is signed in. */
export function SignIn({ signIn, focused, onSave, onEnd, heading: Heading = 'h3' }: SignInProps) {
  const { lobby, ways, account, progress } = signIn;
  const signedIn = account.by === 'browser' || account.by === 'password';
  const offered = ways !== undefined && (ways.open || ways.browser !== undefined || ways.password);
  if (!offered && !signedIn && progress.step === 'none') return null;
  const { host } = new URL(lobby);
  const needed = !signedIn || (account.by === 'browser' && account.expired);
  return (
    <section className="sign-in" aria-labelledby="settings-sign-in">
      <Heading id="settings-sign-in">{text('sign-in.title')}</Heading>
      {ways?.open === true && <p className="muted">{text('sign-in.open')}</p>}
      {signedIn && <SignedIn account={account} />}
      <Progress progress={progress} ways={ways} />
      {needed && ways?.browser !== undefined && (
        <ByBrowser
          provider={ways.browser}
          again={signedIn}
          busy={isBusy(progress)}
          focused={focused}
          onSave={onSave}
          onEnd={onEnd}
        />
      )}
      {needed && ways?.password === true && (
        <ByPassword
          host={host}
          busy={isBusy(progress)}
          focused={focused && ways.browser === undefined}
          onSave={onSave}
          onEnd={onEnd}
        />
      )}
    </section>
  );
}

const isBusy = ({ step }: SignInProgress) => step === 'opening' || step === 'browser' || step === 'checking';

function SignedIn({ account }: { account: Extract<Account, { name: string }> }) {
  const expired = account.by === 'browser' && account.expired;
  return (
    <div className="actions">
      <p className={expired ? 'fault' : undefined}>
        {text(expired ? 'sign-in.as.expired' : 'sign-in.as', { name: account.name })}
      </p>
      <button type="button" className="outlined" onClick={() => void window.parley.send('sign-in/out')}>
        {text('sign-in.out')}
      </button>
    </div>
  );
}

interface WayProps {
  busy: boolean;
  focused: boolean;
  onSave: () => Promise<boolean>;
  onEnd: (() => void) | undefined;
}

function ByBrowser({
  provider,
  again,
  busy,
  focused,
  onSave,
  onEnd,
}: WayProps & { provider: string; again: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) button.current?.focus();
  }, [focused]);
  const start = async () => {
    if (!(await onSave())) return;
    await window.parley.send('sign-in/browser');
    onEnd?.();
  };
  return (
    <div className="way">
      <button ref={button} type="button" className="outlined" disabled={busy} onClick={() => void start()}>
        {text(again ? 'sign-in.again' : 'sign-in.browser')}
      </button>
      <span className="hint">{text('sign-in.browser.hint', { host: provider })}</span>
    </div>
  );
}

function ByPassword({ host, busy, focused, onSave, onEnd }: WayProps & { host: string }) {
  const user = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const remember = useRef<HTMLInputElement>(null);
  const start = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || !(await onSave())) return;
    await window.parley.send('sign-in/password', {
      user: user.current?.value ?? '',
      password: password.current?.value ?? '',
      remember: remember.current?.checked ?? false,
    });
    onEnd?.();
  };
  return (
    <form className="by-password" onSubmit={(event) => void start(event)}>
      <Field ref={user} name="user" label={text('sign-in.user')} maxLength={LOGIN_MAX} focused={focused} />
      <Field
        ref={password}
        name="password"
        label={text('sign-in.password')}
        hint={text('sign-in.password.hint', { host })}
        maxLength={LOGIN_MAX}
        secret
      />
      <label className="remember">
        <input ref={remember} type="checkbox" name="remember" defaultChecked />
        {text('sign-in.remember')}
      </label>
      <div className="actions">
        <button type="submit" className="outlined" disabled={busy}>
          {text('sign-in.password.action')}
        </button>
      </div>
    </form>
  );
}

function Progress({ progress, ways }: { progress: SignInProgress; ways: SignInWays | undefined }) {
  switch (progress.step) {
    case 'none':
      return null;
    case 'failed':
      return (
        <p className="fault" role="alert">
          {signInFaultWords(progress.fault)}
        </p>
      );
    case 'held':
      return <p role="alert">{keychainWords(progress.fault, 'sign-in')}</p>;
    case 'not-signed-out':
      return (
        <p className="fault" role="alert">
          {text(`keychain.${progress.fault}`)} {text('sign-in.not-signed-out')}
        </p>
      );
    case 'signed-out':
      return <p aria-live="polite">{signedOutText(progress.revoked)}</p>;
    case 'opening':
    case 'browser':
    case 'checking':
      return (
        <div className="actions">
          <p aria-live="polite">{text(`sign-in.step.${progress.step}`, { host: ways?.browser ?? '' })}</p>
          <button
            type="button"
            className="outlined"
            onClick={() => void window.parley.send('sign-in/cancel')}
          >
            {text('sign-in.cancel')}
          </button>
        </div>
      );
  }
}

function signedOutText(revoked: boolean | undefined): string {
  if (revoked === undefined) return text('sign-in.signed-out');
  return text(revoked ? 'sign-in.signed-out.there' : 'sign-in.signed-out.here');
}
