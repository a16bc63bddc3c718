/**
 * Tells who joins and who leaves: for a while in the window, and by the system while that is not looked at. What somebody has
 * to do something about stands in the window anyway, so that the system alone is told: who knocks, and that one talks muted.
 * The user may want either, both or none.
 */
import type { CallState } from '../../shared/callState';
import type { Participant } from '../../shared/participants';

/** How long a notice stands, in ms. */
export const NOTICE_MS = 5_000;
/** Between two of the system's notices of a kind there is at least so much time, in ms: a page may invent any number. */
const SYSTEM_EVERY_MS = 3_000;

/** Who came or went last. The name is empty for somebody without one. */
export interface PeopleNotice {
  what: 'joined' | 'left';
  name: string;
}

/** What the system is to say while the user looks elsewhere. */
export type AwayNotice = PeopleNotice | { what: 'knocking'; name: string } | { what: 'talked-muted' };

export interface PeopleNoticesParts {
  /** Whether the user wants to know who joins and leaves. */
  wanted: () => boolean;
  /** Whether the system is to say what somebody has to do something about. */
  attentionWanted: () => boolean;
  /** Whether the user looks elsewhere. */
  away: () => boolean;
  /** Has the system say it. */
  tell: (notice: AwayNotice) => void;
  onChange: () => void;
  /** Monotonic, ms. */
  now: () => number;
}

type Joined = CallState & { phase: 'joined' };

export class PeopleNotices {
  readonly #parts: PeopleNoticesParts;
  #before: Joined | undefined;
  #notice: PeopleNotice | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #toldAt = new Map<AwayNotice['what'], number>();

  constructor(parts: PeopleNoticesParts) {
    this.#parts = parts;
  }

  /** What is said now. */
  get notice(): PeopleNotice | undefined {
    return this.#notice;
  }

  /** Takes every state of the call. */
  update(call: CallState): void {
    const before = this.#before;
    // Whoever enters a room anew finds everybody there: nobody has come or gone.
    const now = call.phase === 'joined' && call.connection.state !== 'rejoining' ? call : undefined;
    this.#before = now;
    if (now === undefined) this.#set(undefined);
    else if (before?.joinedAt === now.joinedAt) this.#compare(before, now);
  }

  #compare(before: Joined, now: Joined): void {
    if (before.others !== now.others && this.#parts.wanted()) {
      const notice = difference(before.others, now.others);
      if (notice !== undefined) this.#say(notice);
    }
    if (before.meeting === now.meeting || !this.#parts.attentionWanted()) return;
    const known = new Set(before.meeting.waitingRoom.knocking.map(({ id }) => id));
    const newcomer = now.meeting.waitingRoom.knocking.find(({ id }) => !known.has(id));
    if (newcomer !== undefined) this.#tellAway({ what: 'knocking', name: newcomer.name });
    const talks = now.meeting.talkedMuted > before.meeting.talkedMuted;
    if (talks && now.microphone === 'off') this.#tellAway({ what: 'talked-muted' });
  }

  #say(notice: PeopleNotice): void {
    this.#set(notice);
    this.#timer = setTimeout(() => {
      this.#set(undefined);
      this.#parts.onChange();
    }, NOTICE_MS).unref();
    this.#tellAway(notice);
  }

  #tellAway(notice: AwayNotice): void {
    const { away, now, tell } = this.#parts;
    const last = this.#toldAt.get(notice.what) ?? Number.NEGATIVE_INFINITY;
    if (!away() || now() - last < SYSTEM_EVERY_MS) return;
    this.#toldAt.set(notice.what, now());
    tell(notice);
  }

  #set(notice: PeopleNotice | undefined): void {
    clearTimeout(this.#timer);
    this.#notice = notice;
  }
}

function difference(before: readonly Participant[], now: readonly Participant[]): PeopleNotice | undefined {
  const missingIn = (some: readonly Participant[]) => {
    const ids = new Set(some.map(({ id }) => id));
    return ({ id }: Participant) => !ids.has(id);
  };
  const joined = now.filter(missingIn(before)).at(-1);
  if (joined !== undefined) return { what: 'joined', name: joined.displayName };
  const left = before.find(missingIn(now));
  return left === undefined ? undefined : { what: 'left', name: left.displayName };
}
