import type { UpdateFault, UpdateOffer } from '../../shared/updates';

/** What looks for a later Parley at one server, loads it and puts it in this one's place. */
export interface Updater {
  /** Resolves with a later version, or with none when there is none. */
  look(): Promise<{ ok: true; offer: UpdateOffer | undefined } | { ok: false; fault: UpdateFault }>;
  /** Loads what was found last; from then on it is installed when Parley quits. */
  load(onPercent: (percent: number) => void): Promise<{ ok: true } | { ok: false; fault: UpdateFault }>;
  /** Puts what was loaded in its place, quits and starts it; the fault, when it cannot be put there. */
  restart(): UpdateFault | undefined;
  /** Ends what is under way, and installs nothing. */
  discard(): void;
}
