import type { CallState } from '../callState';
import type { DeepLinkFault } from '../deepLink';
import type { DeviceMemory } from '../devices';
import type { FirstRunState } from '../firstRun';
import type { CallFailure, KeychainFault, NetworkFault } from '../failure';
import type { SidePanelName } from './commands/side';
import type { DeviceKind } from '../jitsi/requests';
import type { ChordFault, Chords, ShortcutId } from '../shortcuts';
import type { Language } from '../languages';
import type { Preferences } from '../preferences';
import type { RecentCall } from '../recentCall';
import type { SignInState } from '../signIn';
import type { RoomName } from '../roomName';
import type { UpdateState } from '../updates';

/** Settings that policy may set for good, and the environment some of them for one run. */
export type SettingName =
  'lobbyUrl' | 'lobbies' | 'freeUrl' | 'displayName' | 'freeMode' | 'updateUrl' | keyof Preferences;

/** The settings as the toolbar shows them. */
export interface ShownSettings extends Preferences {
  /** Origin of the lobby in use, or empty. */
  lobbyUrl: string;
  /** Origins of the lobbies that can be used, that one among them. */
  lobbies: readonly string[];
  displayName: string;
  freeUrl: string;
  freeMode: boolean;
  freeNoticeRead: boolean;
  /** Where later versions of Parley come from, or empty. */
  updateUrl: string;
  /** What policy sets: the user cannot change it. */
  locked: readonly SettingName[];
  /** What the environment sets for this run: a change counts from the next run without it. */
  overridden: readonly SettingName[];
}

/** What the toolbar may know about the access token: never the token. */
export type CredentialState =
  | { state: 'unchecked' }
  | { state: 'stored' }
  | { state: 'not-stored' }
  /** Kept in memory alone, since the user wants it so. */
  | { state: 'held' }
  /** `heldUntilQuit`: the token was entered in this run and is kept in memory alone. */
  | { state: 'keychain-unavailable'; fault: KeychainFault; heldUntilQuit: boolean };

/** A screen or window that can be shown to a meeting. */
export interface ShareSource {
  /** As Electron names it: `screen:…`, `window:…`. */
  id: string;
  name: string;
  kind: 'screen' | 'window';
  /** A small picture as a `data:` URL; `undefined` when the system gives none. */
  thumbnail: string | undefined;
}

/** What the meeting sees of the screen, and whether it asks for more. */
export interface SharingState {
  /** The meeting at `host` asks, and the user is to pick; `sources` is `undefined` until they are known. */
  picker: { host: string; sources: readonly ShareSource[] | undefined } | undefined;
  /** Name of what is shown, or was just given to be shown. */
  shared: string | undefined;
}

/** A device that was in use and is not there any more, and what took its place: a name, or the system's default. */
export interface LostDevice {
  kind: DeviceKind;
  name: string;
  now: string;
}

/** Microphones, speakers and cameras: what the user chose, and what became of it in the call. */
export interface DevicesState {
  remembered: DeviceMemory;
  /** What the call's page says it cannot change. */
  fixed: readonly DeviceKind[];
  lost: readonly LostDevice[];
}

/** The keys of every shortcut, and how far the global one reaches. */
export interface ShortcutsState {
  chords: Chords;
  defaults: Chords;
  /** `taken`: another program has the keys. `wayland`: the system decides, and does not tell. */
  global: 'works' | 'taken' | 'wayland';
}

/** Why a chord cannot be had: by itself, since another shortcut or another program has it, or the disk does not take it. */
export type ShortcutFault =
  | { fault: ChordFault | 'not-a-chord' | 'taken' }
  | { fault: 'used'; by: ShortcutId }
  /** `detail`: the system's word. */
  | { fault: 'file'; detail: string };

/** How Parley behaves outside its window. */
export interface DesktopState {
  /** Whether Parley starts with the session; `undefined` until that is known. */
  autostart: boolean | undefined;
}

/** What the user is asked about a link that has opened Parley. No two links have the same `id`: an answer names its own. */
export type LinkQuestion = LinkMatter & { id: number };

/** What a link is about. `host` is the lobby's. */
export type LinkMatter =
  | { kind: 'call' }
  /** `own`: the lobby is one of the user's. */
  | { kind: 'join'; host: string; room: RoomName | undefined; own: boolean }
  | { kind: 'refused'; fault: DeepLinkFault | 'foreign-lobby'; host: string };

/** All that the toolbar shows, whole, each time. */
export interface Snapshot {
  /** What is spoken: chosen in the settings, or the system's. */
  language: Language;
  call: CallState;
  /** The meeting's page runs on out of sight. */
  meetingHidden: boolean;
  /** Who came or went just now. The name is empty for somebody without one. */
  peopleNotice: { what: 'joined' | 'left'; name: string } | undefined;
  /** What stands beside the meeting. */
  side: SidePanelName | undefined;
  sharing: SharingState;
  devices: DevicesState;
  /** Whether the system has a page of settings for who may use microphone and camera, which can be opened. */
  privacySettings: boolean;
  /** Those that can be joined again, newest first. */
  recentCalls: readonly RecentCall[];
  /** A link that waits for the user's answer. */
  link: LinkQuestion | undefined;
  settings: ShownSettings;
  shortcuts: ShortcutsState;
  desktop: DesktopState;
  credential: CredentialState;
  signIn: SignInState;
  /** What is asked before the first call; `undefined` when that is behind the user, or nothing is missing. */
  firstRun: FirstRunState | undefined;
  /** Later versions of Parley. */
  update: UpdateState;
  /** What a report needs was put into the clipboard just now. */
  diagnosticsCopied: boolean;
  /** Of the user's own file; said until the settings are saved anew. */
  settingsFault: SettingsFault | undefined;
  /** Of policy's file, which is read at the start alone. */
  policyFault: SettingsFault | undefined;
}

/**
 * A settings or policy file that could not be read, and where it was kept; defaults are used instead. `partly`: only for
 * some of the settings, which `wrong` names. `later`: the version of a later Parley that wrote them; they stay as they are.
 */
export interface SettingsFault {
  file: string;
  keptAs: string | undefined;
  partly: boolean;
  wrong: readonly string[];
  later?: string;
}

/** What a change came to that counts at once: `fault` is the system's word when it could not be written. */
export type ChangeResult = { ok: true } | { ok: false; fault: string };

/**
 * What taking a lobby off the list came to. `tokenLeft`: it is off the list, but why its token may still be in the keychain;
 * `undefined`: there is none any more.
 */
export type RemoveResult =
  { ok: true; tokenLeft: KeychainFault | undefined } | Extract<ChangeResult, { ok: false }>;

/** What "Save" came to. `field` says where the user must look. */
export type SaveResult =
  | { ok: true; credential: CredentialState }
  | { ok: false; field: 'lobbyUrl'; fault: 'required' | 'address' | 'insecure' }
  | { ok: false; field: 'accessToken' }
  | { ok: false; field: 'file'; detail: string };

/** Why a sign-in does not open a lobby. */
export type SignInFailure = Extract<CallFailure, { code: 'sign-in-needed' | 'provider-failed' }>;

/** What "Test connection" found. */
export type LobbyCheck =
  | { ok: true; host: string; deployments: readonly string[] }
  | { ok: false; fault: 'address' }
  | { ok: false; fault: 'insecure' }
  /** The token in the form has characters that no token has, and no HTTP header can carry. */
  | { ok: false; fault: 'token' }
  | { ok: false; fault: 'unreachable'; host: string; network: NetworkFault }
  | { ok: false; fault: 'timeout'; host: string; seconds: number }
  | { ok: false; fault: 'unauthorized'; host: string; tokenSent: boolean }
  | { ok: false; fault: 'not-a-lobby'; host: string; detail: string }
  | { ok: false; fault: 'broken'; host: string; status: number }
  | { ok: false; fault: 'keychain'; keychain: KeychainFault }
  | { ok: false; fault: 'sign-in'; failure: SignInFailure };
