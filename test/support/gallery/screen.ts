import type { NamedPanel } from '../../../shared/ipc/commands';
import type { ShortcutsState, ShownSettings, Snapshot } from '../../../shared/ipc/snapshot';

/** What differs from a Parley that is set up and idle. */
export type Changes = Omit<Partial<Snapshot>, 'settings' | 'shortcuts'> & {
  settings?: Partial<ShownSettings>;
  shortcuts?: Partial<ShortcutsState>;
};

/** What stands before the user at one moment. */
export interface Screen {
  /** Of its picture. */
  name: string;
  /** What stood there before, where only the change shows. */
  before?: Changes;
  has: Changes;
  /** A panel that the user has opened over it; the notice of free Jitsi by its switch. */
  panel?: NamedPanel | 'free-notice';
  /** Id of what stands at the top. */
  at?: string;
}

/** A Parley that is set up. */
export const SET_UP: Partial<ShownSettings> = {
  lobbyUrl: 'https://lobby.example.com',
  lobbies: ['https://lobby.example.com', 'https://calls.another-company.example.org:8443'],
  displayName: 'Ana',
  freeUrl: 'https://meet.jit.si',
};

/** The whole snapshot of a screen, on the ground of one of the app's own. */
export function snapshotOf(own: Snapshot, { settings, shortcuts, ...has }: Changes): Snapshot {
  return {
    ...own,
    credential: { state: 'stored' },
    firstRun: undefined,
    ...has,
    settings: { ...own.settings, ...SET_UP, ...settings },
    shortcuts: { ...own.shortcuts, ...shortcuts },
  };
}
