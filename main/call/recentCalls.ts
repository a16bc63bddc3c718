/** The rooms that the user has been in, newest first, in a file of the profile. */
import { join } from 'node:path';
import { z } from 'zod';
import type { CallState } from '../../shared/callState';
import { ADDRESS_MAX } from '../../shared/limits';
import type { RecentCall } from '../../shared/recentCall';
import { RoomName } from '../../shared/roomName';
import { log } from '../log';
import { readJsonFile, writeJsonFile } from '../settings/jsonFile';
import { setAside } from '../settings/setAside';

const RECENT_FILE = 'recent-calls.json';

/** So many are kept: as many as one looks through at a glance. */
export const RECENT_MAX = 5;

const RecentCallsFile = z.array(
  z.object({
    room: RoomName,
    place: z.url().max(ADDRESS_MAX),
    free: z.boolean(),
    at: z.number().nonnegative(),
  }),
);

/** What the settings say about them. */
export interface RecentCallRules {
  keepRecentCalls: boolean;
  /** Origins of the user's lobbies. */
  lobbies: readonly string[];
  /** Base URL of free public Jitsi. */
  freeUrl: string;
  /** Whether policy forbids free calls. */
  freeForbidden: boolean;
}

export interface RecentCallsParts {
  /** The profile's. */
  directory: string;
  rules: () => RecentCallRules;
  /** There are others now. */
  onChange: () => void;
}

export class RecentCalls {
  readonly #parts: RecentCallsParts;
  readonly #path: string;
  #calls: readonly RecentCall[];
  /** The call that was noted last: it changes many times, and joins once. */
  #notedAt: number | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(parts: RecentCallsParts, path: string, calls: readonly RecentCall[]) {
    this.#parts = parts;
    this.#path = path;
    this.#calls = calls;
  }

  /** A file that cannot be read is kept aside, and there are none then; nothing is thrown. */
  static async read(parts: RecentCallsParts): Promise<RecentCalls> {
    const path = join(parts.directory, RECENT_FILE);
    const content = await readJsonFile(path);
    if (content.kind === 'missing') return new RecentCalls(parts, path, []);
    const parsed = RecentCallsFile.safeParse(content.kind === 'value' ? content.json : undefined);
    if (!parsed.success) log.warn('recent.unreadable', { keptAs: await setAside(path, false) });
    return new RecentCalls(parts, path, (parsed.data ?? []).slice(0, RECENT_MAX));
  }

  /** Those that can be joined again as the settings are now. */
  get shown(): readonly RecentCall[] {
    const rules = this.#parts.rules();
    return rules.keepRecentCalls ? this.#calls.filter((call) => canBeJoined(call, rules)) : [];
  }

  /**
   * Notes a call that has been joined. Call it after every change of the call.
   *
   * @param lobby origin of the one that let the user in; `undefined` in free mode.
   */
  follow(call: CallState, lobby: string | undefined): void {
    if (call.phase !== 'joined' || call.joinedAt === this.#notedAt) return;
    this.#notedAt = call.joinedAt;
    const { name, deployment, free } = call.room;
    const place = free ? deployment : lobby;
    const rules = this.#parts.rules();
    if (!rules.keepRecentCalls || place === undefined) return;
    const noted: RecentCall = { room: name, place, free, at: call.joinedAt };
    // A guest of somebody else's lobby is not let in again without the invite, which is not kept.
    if (!canBeJoined(noted, rules)) return;
    const others = this.#calls.filter((other) => !isSame(other, noted));
    this.#set([noted, ...others].slice(0, RECENT_MAX));
  }

  /** One of those that are shown. */
  find(wanted: Pick<RecentCall, 'room' | 'place' | 'free'>): RecentCall | undefined {
    return this.shown.find((call) => isSame(call, wanted));
  }

  /** Forgets them all, in the file too. */
  clear(): void {
    if (this.#calls.length > 0) this.#set([]);
  }

  #set(calls: readonly RecentCall[]): void {
    this.#calls = calls;
    this.#writing = this.#writing
      .then(() => writeJsonFile(this.#path, calls))
      .catch((error: unknown) => log.warn('recent.not-written', { reason: String(error) }));
    this.#parts.onChange();
  }
}

const isSame = (one: Pick<RecentCall, 'room' | 'place'>, other: Pick<RecentCall, 'room' | 'place'>) =>
  one.room === other.room && one.place === other.place;

function canBeJoined({ place, free }: RecentCall, rules: RecentCallRules): boolean {
  return free ? !rules.freeForbidden && place === rules.freeUrl : rules.lobbies.includes(place);
}
