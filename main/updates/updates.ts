/** Later versions of Parley: looks for them now and then, loads them when that may be, and installs them on quitting. */
import type { LineCost, UpdateBringer, UpdateFault, UpdateState } from '../../shared/updates';
import { log } from '../log';
import type { Updater } from './updater';

/** After this long the app first looks, in ms: long after the window has painted, and a call begun from a link. */
const FIRST_LOOK_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 6 * 60 * 60_000;

export interface UpdatesParts {
  /** Of this Parley. */
  version: string;
  /** Address of the server of updates as it stands now; empty: there is none. */
  address: () => string;
  /** Whether the organisation lets Parley look for updates at all. */
  allowed: () => boolean;
  open: (address: string) => Promise<Updater>;
  bringer: () => Promise<UpdateBringer>;
  cost: () => Promise<LineCost>;
  inCall: () => boolean;
  /** Opens the panel that shows all this. */
  show: () => void;
  onChange: () => void;
}

export class Updates {
  readonly #parts: UpdatesParts;
  #state: UpdateState;
  /** For the address that was asked last. */
  #updater: { address: string; opened: Promise<Updater> } | undefined;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
    this.#state = this.#resting();
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** Looks from time to time from now on. */
  keepLooking(): void {
    const look = () => void this.look();
    setTimeout(look, FIRST_LOOK_AFTER_MS).unref();
    setInterval(look, LOOK_EVERY_MS).unref();
  }

  /** Looks for a later version, and shows what comes of it. */
  show(): void {
    this.#parts.show();
    void this.look();
  }

  /** Asks the server. Loads what it offers where that costs nothing and disturbs no call. */
  async look(): Promise<void> {
    const { step } = this.#state;
    if (isUnderWay(this.#state) || step === 'ready' || this.#resting().step === 'off') return;
    const asked = this.#parts.address();
    this.#become({ step: 'looking' });
    const found = await this.#ask(asked);
    // Another server has been named meanwhile.
    if (asked !== this.#parts.address()) return;
    this.#become(found);
    await this.#loadUnasked();
  }

  /** Loads what is offered: the user wants it. */
  async load(): Promise<void> {
    if (this.#state.step !== 'offered' || this.#state.by !== 'parley') return;
    const { offer } = this.#state;
    const asked = this.#parts.address();
    this.#become({ step: 'loading', offer, percent: 0 });
    const onPercent = (percent: number) => {
      const now = this.#state;
      if (now.step === 'loading' && now.percent !== percent) this.#become({ ...now, percent });
    };
    const result = await this.#open(asked)
      .then((updater) => updater.load(onPercent))
      .catch(unforeseen);
    if (asked !== this.#parts.address()) return;
    if (result.ok) log.info('update.ready', { version: offer.version });
    this.#become(result.ok ? { step: 'ready', offer } : failed(asked, result.fault));
  }

  /** Quits and starts the later version. Not during a call. */
  async restart(): Promise<void> {
    if (this.#state.step !== 'ready' || this.#parts.inCall()) return;
    const address = this.#parts.address();
    const fault = (await this.#open(address)).restart();
    if (fault !== undefined) this.#become(failed(address, fault));
  }

  /** A call has begun or ended. */
  callChanged(): void {
    void this.#loadUnasked();
  }

  /** The address may be another one: what an earlier one gave is not installed. */
  async addressChanged(): Promise<void> {
    if (this.#updater?.address === this.#parts.address()) return;
    const earlier = this.#updater;
    this.#updater = undefined;
    this.#become(this.#resting());
    await earlier?.opened.then((updater) => updater.discard()).catch(() => undefined);
  }

  async #ask(address: string): Promise<UpdateState> {
    const result = await this.#open(address)
      .then((updater) => updater.look())
      .catch(unforeseen);
    if (!result.ok) return failed(address, result.fault);
    const { offer } = result;
    if (offer === undefined) return { step: 'current', version: this.#parts.version };
    const by = await this.#parts.bringer();
    if (by === 'parley' && offer.bytes === undefined) return failed(address, { code: 'not-for-this-system' });
    log.info('update.offered', { version: offer.version });
    return { step: 'offered', offer, by, cost: await this.#parts.cost() };
  }

  async #loadUnasked(): Promise<void> {
    const state = this.#state;
    if (state.step === 'offered' && state.cost === 'free' && !this.#parts.inCall()) await this.load();
  }

  #open(address: string): Promise<Updater> {
    if (this.#updater?.address !== address) {
      this.#updater = { address, opened: this.#parts.open(address) };
    }
    return this.#updater.opened;
  }

  #resting(): UpdateState {
    if (!this.#parts.allowed()) return { step: 'off', because: 'organisation' };
    return this.#parts.address() === '' ? { step: 'off', because: 'no-address' } : { step: 'idle' };
  }

  #become(state: UpdateState): void {
    this.#state = state;
    this.#parts.onChange();
  }
}

const isUnderWay = ({ step }: UpdateState) => step === 'looking' || step === 'loading';

function failed(address: string, fault: UpdateFault): UpdateState {
  log.warn('update.failed', { code: fault.code, detail: 'detail' in fault ? fault.detail : undefined });
  return { step: 'failed', fault, host: new URL(address).host };
}

const unforeseen = (error: unknown): { ok: false; fault: UpdateFault } => ({
  ok: false,
  fault: { code: 'failed', detail: error instanceof Error ? error.message : String(error) },
});
