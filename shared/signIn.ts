/** Signing in to a lobby: what it takes, who is signed in, and how a sign-in stands. */
import type { CallFailure, KeychainFault, ProviderFault } from './failure';

/** What a lobby takes, as it announces in `GET /api/v1/auth`. */
export interface SignInWays {
  /** It lets in whoever reaches it. */
  open: boolean;
  token: boolean;
  /** Host of the OpenID provider. */
  browser: string | undefined;
  password: boolean;
}

/** Who one is to a lobby. */
export type Account =
  | { by: 'none' }
  | { by: 'token' }
  /** `expired`: the provider renews it no more. */
  | { by: 'browser'; name: string; expired: boolean }
  | { by: 'password'; name: string };

/** Why a sign-in came to nothing. */
export type SignInFault =
  | { why: 'provider'; provider: ProviderFault }
  /** The provider says that it was declined, by the user or by its rules. */
  | { why: 'denied'; host: string }
  /** Nobody came back from the browser in time. */
  | { why: 'timeout'; minutes: number }
  /** The system gives no port on this machine to come back to, or starts no browser. */
  | { why: 'no-listener' }
  | { why: 'no-browser' }
  /** The lobby does not let in whom the provider has signed in, or does not know name and password. */
  | { why: 'refused'; host: string }
  | { why: 'password'; host: string }
  | { why: 'lobby'; failure: CallFailure };

export type SignInProgress =
  | { step: 'none' }
  /** The provider is asked for its addresses. */
  | { step: 'opening' }
  /** It is for the user to go on, in the browser. */
  | { step: 'browser' }
  | { step: 'checking' }
  | { step: 'failed'; fault: SignInFault }
  /** The user is signed in, but the keychain did not take what is to be remembered: that is kept until the app quits. */
  | { step: 'held'; fault: KeychainFault }
  /** `revoked`: whether the provider was told; `undefined` when there was nothing to tell it. */
  | { step: 'signed-out'; revoked: boolean | undefined }
  /** The sign-in may still be in the keychain. */
  | { step: 'not-signed-out'; fault: KeychainFault };

export interface SignInState {
  /** Origin of the lobby that the rest is about; empty when none was looked at. */
  lobby: string;
  /** `undefined` until the lobby has said, and when it says nothing of the kind. */
  ways: SignInWays | undefined;
  account: Account;
  progress: SignInProgress;
}
