/** Points of a counter that are taken before it is known whether they are owed. */
import type { Counter } from './counter';

/** What this process has under way at one key. */
interface UnderWay {
  /** Attempts that hold a point, or are about to learn whether they get one. */
  attempts: number;
  /** How many have been settled so far. */
  settled: number;
  /** Those for which no point was left. A number ends their waiting: so many seconds until there is one. */
  waiting: ((wait: number | undefined) => void)[];
}

/**
 * Lets no more attempts be under way than a counter has points: each takes one before it begins, and gives it back when
 * it is not owed. Where all points are taken, but not yet owed, an attempt waits for what becomes of the others, so that
 * nobody is refused for what he does right many times at once.
 */
export class Reservations {
  readonly #counter: Counter;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /** Takes a point. Seconds to wait when none is left; after `undefined` comes {@link settle}. */
  async take(key: string): Promise<number | undefined> {
    for (;;) {
      const underWay = this.#of(key);
      const { settled } = underWay;
      underWay.attempts += 1;
      const wait = await this.#counter.count(key);
      if (wait === undefined) return undefined;
      await this.#counter.takeBack(key);
      underWay.attempts -= 1;
      if (underWay.settled !== settled) continue;
      if (underWay.attempts === 0) {
        this.#underWay.delete(key);
        for (const end of underWay.waiting) end(wait);
        return wait;
      }
      const told = await new Promise<number | undefined>((resolve) => underWay.waiting.push(resolve));
      if (told !== undefined) return told;
    }
  }

  /** An attempt is over. Its point is kept when it is `owed`, else given back. */
  async settle(key: string, owed: boolean): Promise<void> {
    if (!owed) await this.#counter.takeBack(key);
    const underWay = this.#of(key);
    underWay.attempts -= 1;
    underWay.settled += 1;
    const next = underWay.waiting.shift();
    if (next !== undefined) next(undefined);
    else if (underWay.attempts === 0) this.#underWay.delete(key);
  }

  #of(key: string): UnderWay {
    let underWay = this.#underWay.get(key);
    if (underWay === undefined) {
      underWay = { attempts: 0, settled: 0, waiting: [] };
      this.#underWay.set(key, underWay);
    }
    return underWay;
  }
}
