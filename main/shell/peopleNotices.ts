/** Tells who joins and who leaves: for a while in the window, and by the system while that is not looked at. */
import type { CallState } from '../../shared/callState';
import type { Participant } from '../../shared/participants';

/** How long a notice stands, in ms. */
export const NOTICE_MS = 5_000;
/** Between two of the system's notices there is at least so much time, in ms: a page may invent any number of people. */
const SYSTEM_EVERY_MS = 3_000;

/** Who came or went last. The name is empty for somebody without one. */
export interface PeopleNotice {
  what: 'joined' | 'left';
  name: string;
}

export interface PeopleNoticesParts {
  wanted: () => boolean;
  /** Whether the user looks elsewhere. */
  away: () => boolean;
  /** Has the system say it. */
  tell: (notice: PeopleNotice) => void;
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
  #toldAt = Number.NEGATIVE_INFINITY;

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
    else if (before?.joinedAt === now.joinedAt && before.others !== now.others && this.#parts.wanted()) {
      const notice = difference(before.others, now.others);
      if (notice !== undefined) this.#say(notice);
    }
  }

  #say(notice: PeopleNotice): void {
    this.#set(notice);
    this.#timer = setTimeout(() => {
      this.#set(undefined);
      this.#parts.onChange();
    }, NOTICE_MS).unref();
    if (!this.#parts.away() || this.#parts.now() - this.#toldAt < SYSTEM_EVERY_MS) return;
    this.#toldAt = this.#parts.now();
    this.#parts.tell(notice);
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
