import type { UpdateFault, UpdateOffer } from '../../shared/updates';

/** What looks for a later Parley at one server, loads it and puts it in this one's place. */
export interface Updater {
  /** Resolves with a later version, or with none when there is none. */
  look(): Promise<{ ok: true; offer: UpdateOffer | undefined } | { ok: false; fault: UpdateFault }>;
  /** Loads what was found last; from then on it is installed when Parley quits. */
  load(onPercent: (percent: number) => void): Promise<{ ok: true } | { ok: false; fault: UpdateFault }>;
  /** Quits, and starts what was loaded. */
  restart(): void;
  /** Ends what is under way, and installs nothing. */
  discard(): void;
}
