/** What "Save", "Test connection" and "Forget credentials" came to, in words. */
import type { CredentialState, LobbyCheck, SaveResult, SignInFailure } from '../../../shared/ipc/snapshot';
import { failureWords, keychainWords, networkWords } from '../../failureWords';
import { text } from '../../i18n/text';

export type Progress =
  | { step: 'none' }
  | { step: 'saving' }
  | { step: 'saved'; credential: CredentialState }
  | { step: 'not-saved'; result: SaveResult & { ok: false } }
  | { step: 'testing' }
  | { step: 'forgetting' }
  | { step: 'tested'; check: LobbyCheck }
  | { step: 'forgotten'; credential: CredentialState }
  | { step: 'failed' };

export const isBusy = ({ step }: Progress) =>
  step === 'saving' || step === 'testing' || step === 'forgetting';

export function addressFaultText(progress: Progress): string | undefined {
  if (progress.step === 'not-saved' && progress.result.field === 'lobbyUrl') {
    return text(`settings.fault.${progress.result.fault}`);
  }
  if (progress.step !== 'tested' || progress.check.ok) return undefined;
  const { fault } = progress.check;
  return fault === 'address' || fault === 'insecure' ? text(`settings.fault.${fault}`) : undefined;
}

export function tokenFaultText(progress: Progress): string | undefined {
  const refused =
    (progress.step === 'not-saved' && progress.result.field === 'accessToken') ||
    (progress.step === 'tested' && !progress.check.ok && progress.check.fault === 'token');
  return refused ? text('settings.fault.token') : undefined;
}

export function credentialText(credential: CredentialState): string {
  if (credential.state !== 'keychain-unavailable') return text(`settings.token.${credential.state}`);
  return keychainWords(credential.fault, credential.heldUntilQuit ? 'token' : undefined);
}

/** Whether the outcome says of the keychain what would stand at the token's field as well. */
export function tellsOfKeychain(progress: Progress): boolean {
  if (progress.step !== 'saved' && progress.step !== 'forgotten') return false;
  const { credential } = progress;
  if (credential.state !== 'keychain-unavailable') return false;
  return progress.step === 'forgotten' || credential.heldUntilQuit;
}

export function Outcome({ progress }: { progress: Progress }) {
  switch (progress.step) {
    case 'none':
      return null;
    case 'saving':
    case 'testing':
    case 'forgetting':
      return <p aria-live="polite">{text(`settings.${progress.step}`)}</p>;
    case 'saved':
      return (
        <>
          <p aria-live="polite">{text('settings.saved')}</p>
          {tellsOfKeychain(progress) && <TokenHeld credential={progress.credential} />}
        </>
      );
    case 'forgotten':
      return <Forgotten credential={progress.credential} />;
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

/** All is saved but the token, which the keychain did not take: it is good for this run alone. */
export function TokenHeld({ credential }: { credential: CredentialState }) {
  return <p role="alert">{credentialText(credential)}</p>;
}

function Forgotten({ credential }: { credential: CredentialState }) {
  if (credential.state !== 'keychain-unavailable')
    return <p aria-live="polite">{text('settings.forgotten')}</p>;
  return (
    <p className="fault" role="alert">
      {text(`keychain.${credential.fault}`)} {text('settings.not-forgotten')}
    </p>
  );
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
    case 'sign-in':
      return signInText(check.failure);
    case 'timeout':
      return text('settings.test.timeout', { host: check.host, seconds: check.seconds });
    case 'broken':
      return text('settings.test.broken', { host: check.host, status: check.status });
    case 'not-a-lobby':
      return text('settings.test.not-a-lobby', { host: check.host });
  }
}

function signInText(failure: SignInFailure): string {
  const { what, advice } = failureWords(failure);
  return `${what} ${advice}`;
}
