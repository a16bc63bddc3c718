/** The settings, and the ways to sign in that stand there. */
import type { Account, SignInFault, SignInProgress, SignInState, SignInWays } from '../../../shared/signIn';
import type { UpdateOffer, UpdateState } from '../../../shared/updates';
import { inCall, intent } from './callScreens';
import type { Screen } from './screen';

const lobby = 'https://lobby.example.com';
const nothing: SignInWays = { open: false, token: false, browser: undefined, password: false };
/** What is known of signing in to that lobby. */
export const signInState = (
  ways: Partial<SignInWays>,
  account: Account = { by: 'none' },
  progress: SignInProgress = { step: 'none' },
): SignInState => ({ lobby, ways: { ...nothing, ...ways }, account, progress });

const signIn = (
  name: string,
  ways: Partial<SignInWays>,
  account?: Account,
  progress?: SignInProgress,
): Screen => ({
  name: `sign-in-${name}`,
  has: { signIn: signInState(ways, account, progress) },
  panel: 'settings',
});
const browser = 'login.example.com';
const ana: Account = { by: 'browser', name: 'Ana Maria', expired: false };
const signInFaults: readonly SignInFault[] = [
  { why: 'provider', provider: { fault: 'broken', host: browser, detail: 'nonce' } },
  { why: 'denied', host: browser },
  { why: 'timeout', minutes: 10 },
  { why: 'no-listener' },
  { why: 'no-browser' },
  { why: 'refused', host: 'lobby.example.com' },
  { why: 'lobby', failure: { code: 'lobby-timeout', host: 'lobby.example.com', seconds: 10 } },
];

const signIns: readonly Screen[] = [
  signIn('browser', { browser }),
  signIn('password', { password: true }),
  signIn('every-way', { token: true, browser, password: true }),
  signIn('open', { open: true }),
  signIn('opening', { browser }, undefined, { step: 'opening' }),
  signIn('waiting', { browser }, undefined, { step: 'browser' }),
  signIn('checking', { browser }, undefined, { step: 'checking' }),
  signIn('done', { browser }, ana),
  signIn('expired', { browser }, { ...ana, expired: true }),
  signIn('password-done', { password: true }, { by: 'password', name: 'ana' }),
  signIn(
    'password-held',
    { password: true },
    { by: 'password', name: 'ana' },
    {
      step: 'held',
      fault: 'no-service',
    },
  ),
  signIn('password-wrong', { password: true }, undefined, {
    step: 'failed',
    fault: { why: 'password', host: 'lobby.example.com' },
  }),
  signIn('out', { browser }, undefined, { step: 'signed-out', revoked: false }),
  signIn('not-out', { browser }, undefined, { step: 'not-signed-out', fault: 'withheld' }),
  ...signInFaults.map((fault) =>
    signIn(`failed-${fault.why}`, { browser }, undefined, { step: 'failed', fault }),
  ),
];

/** A later Parley. */
export const offer: UpdateOffer = {
  version: '1.4.0',
  bytes: 96_000_000,
  notes: 'Calls begin faster.\n\nThe status bar has room for long names.',
};
const updates: Readonly<Record<string, UpdateState>> = {
  off: { step: 'off', because: 'no-address' },
  locked: { step: 'off', because: 'organisation' },
  idle: { step: 'idle' },
  looking: { step: 'looking' },
  current: { step: 'current', version: '1.3.0' },
  offered: { step: 'offered', offer, by: 'parley', cost: 'metered' },
  system: { step: 'offered', offer: { ...offer, bytes: undefined }, by: 'system', cost: 'unknown' },
  loading: { step: 'loading', offer, percent: 42 },
  ready: { step: 'ready', offer },
  failed: { step: 'failed', fault: { code: 'damaged' }, host: 'downloads.example.com' },
};

const panels: readonly Screen[] = [
  ...['lobby', 'calls', 'devices', 'outside', 'appearance', 'shortcuts'].map((section) => ({
    name: `settings-${section}`,
    has: {},
    panel: 'settings' as const,
    at: `settings-${section}`,
  })),
  {
    name: 'settings-no-lobby',
    has: {
      call: { phase: 'failed', intent, failure: { code: 'no-lobby' } },
      settings: { lobbyUrl: '', lobbies: [] },
    },
    panel: 'settings',
  },
  ...Object.entries(updates).map(([name, update]) => ({
    name: `updates-${name}`,
    has: { update },
    panel: 'updates' as const,
    at: 'settings-updates',
  })),
  { name: 'settings-about', has: {}, panel: 'about' as const, at: 'settings-about' },
  { name: 'settings-in-call', has: inCall, panel: 'settings' },
  {
    name: 'settings-locked',
    has: {
      settings: {
        locked: ['lobbyUrl', 'lobbies', 'displayName', 'startMuted', 'theme', 'language', 'compactBar'],
        overridden: ['displayName'],
      },
    },
    panel: 'settings',
  },
  ...(['library-missing', 'no-service', 'locked', 'withheld', 'failed'] as const).map((fault) => ({
    name: `settings-keychain-${fault}`,
    has: { credential: { state: 'keychain-unavailable', fault, heldUntilQuit: true } as const },
    panel: 'settings' as const,
  })),
  {
    name: 'settings-shortcut-taken',
    has: { shortcuts: { global: 'taken' } },
    panel: 'settings',
    at: 'settings-shortcuts',
  },
];

export const settingsScreens: readonly Screen[] = [...signIns, ...panels];
