/** The settings, and the ways to sign in that stand there. */
import type { Account, SignInFault, SignInProgress, SignInWays } from '../../../shared/signIn';
import { inCall, intent } from './callScreens';
import type { Screen } from './screen';

const lobby = 'https://lobby.example.com';
const nothing: SignInWays = { open: false, token: false, browser: undefined, password: false };
const signIn = (
  name: string,
  ways: Partial<SignInWays>,
  account: Account = { by: 'none' },
  progress: SignInProgress = { step: 'none' },
): Screen => ({
  name: `sign-in-${name}`,
  has: { signIn: { lobby, ways: { ...nothing, ...ways }, account, progress } },
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
  signIn('password-wrong', { password: true }, undefined, {
    step: 'failed',
    fault: { why: 'password', host: 'lobby.example.com' },
  }),
  signIn('out', { browser }, undefined, { step: 'signed-out', revoked: false }),
  ...signInFaults.map((fault) =>
    signIn(`failed-${fault.why}`, { browser }, undefined, { step: 'failed', fault }),
  ),
];

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
