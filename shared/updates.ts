/** What is known of a later Parley, and how far it has come to this machine. */
import type { NetworkFault } from './failure';

/** A later version, as its server describes it. */
export interface UpdateOffer {
  version: string;
  /** Of what Parley would load; `undefined` when it does not load it itself. */
  bytes: number | undefined;
  /** What is new, as plain text in the server's words; empty when it does not say. */
  notes: string;
}

/** Who brings a later version: Parley itself, or whoever installed it, such as the system's package manager. */
export type UpdateBringer = 'parley' | 'system';

/** What loading costs the user, as far as the system says. */
export type LineCost = 'free' | 'metered' | 'unknown';

/** Why there is no answer about updates, or no update. */
export type UpdateFault =
  | { code: 'network'; network: NetworkFault }
  | { code: 'timeout' }
  | { code: 'refused'; status: number }
  /** What the server says is not the description of a release, or is far too long. */
  | { code: 'not-a-feed' }
  /** The release has nothing for this system. */
  | { code: 'not-for-this-system' }
  /** The server sends elsewhere, or more than it has announced. */
  | { code: 'untrusted' }
  /** What was loaded is not what was announced. */
  | { code: 'damaged' }
  | { code: 'failed'; detail: string };

export type UpdateState =
  | { step: 'off'; because: 'no-address' | 'organisation' }
  /** Nobody has asked yet. */
  | { step: 'idle' }
  | { step: 'looking' }
  /** There is no later version than this. */
  | { step: 'current'; version: string }
  | { step: 'offered'; offer: UpdateOffer; by: UpdateBringer; cost: LineCost }
  | { step: 'loading'; offer: UpdateOffer; percent: number }
  /** It is installed when Parley quits. */
  | { step: 'ready'; offer: UpdateOffer }
  /** `host` of the server, with its port. */
  | { step: 'failed'; fault: UpdateFault; host: string };
