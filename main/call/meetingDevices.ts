/**
 * Which microphone, speaker and camera a call uses. The page's ids are its own, so a choice is carried over by name: the
 * page is asked what there is, and told what to take. A device that is closed stays closed: a microphone is changed once
 * the page has opened one, a camera while it is on.
 */
import { z } from 'zod';
import type { CallState } from '../../shared/callState';
import {
  chosenDevice,
  DEVICE_KINDS,
  type DeviceMemory,
  type NamedDevice,
  namedDevices,
  SYSTEM_DEFAULT,
} from '../../shared/devices';
import type { DevicesState, LostDevice } from '../../shared/ipc/snapshot';
import { AvailableDevices, CurrentDevices, type DeviceKind } from '../../shared/jitsi/requests';
import type { PageQuestions } from './pageQuestions';

/** How long the page may settle after a change before it is asked what it uses, in ms: opening takes up to 150. */
export const SETTLE_MS = 500;

const FIELDS = { audioinput: 'audioInput', audiooutput: 'audioOutput', videoinput: 'videoInput' } as const;

/**
 * What there is of one kind, and what the page uses, or would use if it were opened: a name, or {@link SYSTEM_DEFAULT};
 * `undefined` is nothing.
 */
export interface SeenDevices {
  devices: readonly NamedDevice[];
  current: string | undefined;
}
export type Seen = Readonly<Record<DeviceKind, SeenDevices>>;

export interface MeetingDevicesParts {
  /** Questions to the page, while there is one. */
  questions: () => PageQuestions | undefined;
  memory: () => DeviceMemory;
  onChange: () => void;
}

export class MeetingDevices {
  readonly #parts: MeetingDevicesParts;
  /** The page that the rest is about. */
  #page: PageQuestions | undefined;
  #fixed: readonly DeviceKind[] = [];
  #lost: readonly LostDevice[] = [];
  #used = new Map<DeviceKind, string>();
  /** Kinds that may be changed without opening anything that is closed. */
  readonly #open = new Set<DeviceKind>();
  /** What the page was told of a kind since its devices or the user's mind changed: not twice. */
  readonly #told = new Map<DeviceKind, string>();
  /** Kinds that the user has chosen anew during this page. */
  readonly #chosenNow = new Set<DeviceKind>();
  #timer: NodeJS.Timeout | undefined;
  /** Looks and changes come one after another: each starts from what the one before has left. */
  #adjusting = Promise.resolve();

  constructor(parts: MeetingDevicesParts) {
    this.#parts = parts;
  }

  get state(): DevicesState {
    return { remembered: this.#parts.memory(), fixed: this.#fixed, lost: this.#lost };
  }

  /** The call's state has changed. */
  onCall(call: CallState): void {
    const inRoom = call.phase === 'joined' && call.connection.state !== 'rejoining';
    const page = inRoom ? this.#parts.questions() : undefined;
    if (call.phase !== 'joined') this.#lost = [];
    if (page !== this.#page) this.#begin(page);
    if (call.phase !== 'joined' || page === undefined) return;
    const openBefore = this.#open.size;
    if (call.microphone === 'on') this.#open.add('audioinput');
    if (call.camera === 'on') this.#open.add('videoinput');
    else this.#open.delete('videoinput');
    if (this.#open.size > openBefore) this.#adjust();
  }

  /** A device has come or gone. */
  onListChanged(): void {
    if (this.#page === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#told.clear();
      this.#adjust();
    }, SETTLE_MS);
  }

  /** The user has chosen; the choice is in the memory already. */
  chosen(kind: DeviceKind): void {
    this.#told.delete(kind);
    this.#chosenNow.add(kind);
    this.#lost = this.#lost.filter((lost) => lost.kind !== kind);
    this.#parts.onChange();
    this.#adjust();
  }

  /** The user knows that a device is gone. */
  dismiss(kind: DeviceKind): void {
    this.#setLost(this.#lost.filter((lost) => lost.kind !== kind));
  }

  /** What the page has and uses; `undefined` without a page, or without an answer. */
  async see(): Promise<Seen | undefined> {
    const page = this.#page;
    const available = await page?.ask({ type: 'devices', name: 'getAvailableDevices' }, AvailableDevices);
    const current = await page?.ask({ type: 'devices', name: 'getCurrentDevices' }, CurrentDevices);
    if (page !== this.#page || available === undefined || current === undefined) return undefined;
    const of = (kind: DeviceKind): SeenDevices => {
      const devices = namedDevices(available[FIELDS[kind]], kind);
      const used = current[FIELDS[kind]];
      const name = devices.find(({ id }) => id === used?.deviceId)?.name ?? used?.label;
      const says = used?.deviceId === 'default' ? SYSTEM_DEFAULT : name;
      const names = devices.map((device) => device.name);
      const wish = chosenDevice(this.#parts.memory(), kind, names);
      return { devices, current: this.#open.has(kind) ? says : (wish ?? says) };
    };
    return { audioinput: of('audioinput'), audiooutput: of('audiooutput'), videoinput: of('videoinput') };
  }

  #begin(page: PageQuestions | undefined): void {
    clearTimeout(this.#timer);
    this.#page = page;
    this.#fixed = [];
    this.#used.clear();
    this.#open.clear();
    this.#told.clear();
    this.#chosenNow.clear();
    if (page === undefined) return;
    this.#open.add('audiooutput');
    void this.#askWhatIsFixed(page);
    this.#adjust();
  }

  async #askWhatIsFixed(page: PageQuestions): Promise<void> {
    const mayChange = (deviceType: 'input' | 'output') =>
      page.ask({ type: 'devices', name: 'isDeviceChangeAvailable', deviceType }, z.boolean());
    const [input, output] = await Promise.all([mayChange('input'), mayChange('output')]);
    if (page !== this.#page) return;
    this.#fixed = [
      ...(input === false ? (['audioinput', 'videoinput'] as const) : []),
      ...(output === false ? (['audiooutput'] as const) : []),
    ];
    if (this.#fixed.length > 0) this.#parts.onChange();
  }

  #adjust(): void {
    this.#adjusting = this.#adjusting.then(() => this.#adjustOnce());
  }

  async #adjustOnce(): Promise<void> {
    const page = this.#page;
    const seen = await this.see();
    if (page === undefined || seen === undefined) return;
    const gone = new Map<DeviceKind, string>();
    for (const kind of DEVICE_KINDS) {
      const used = this.#used.get(kind);
      if (used !== undefined && this.#isGone(kind, seen[kind])) gone.set(kind, used);
    }
    const changes = DEVICE_KINDS.filter((kind) => this.#change(page, kind, seen[kind], gone.has(kind)));
    if (gone.size === 0 && changes.length === 0) {
      this.#note(seen, gone);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const after = await this.see();
    if (after !== undefined && page === this.#page) this.#note(after, gone);
  }

  /** Whether what was used is not there any more. */
  #isGone(kind: DeviceKind, { devices }: SeenDevices): boolean {
    const used = this.#used.get(kind);
    return used !== undefined && used !== SYSTEM_DEFAULT && devices.every(({ name }) => name !== used);
  }

  /** Tells the page to take another device, where it shall and can. Whether it was told. */
  #change(page: PageQuestions, kind: DeviceKind, { devices, current }: SeenDevices, gone: boolean): boolean {
    if (!this.#open.has(kind) || this.#fixed.includes(kind)) return false;
    const names = devices.map(({ name }) => name);
    const wish = chosenDevice(this.#parts.memory(), kind, names);
    const orphaned = gone && (current === undefined || !names.includes(current));
    // A fresh page uses the system's default by itself.
    const counts = wish !== SYSTEM_DEFAULT || this.#chosenNow.has(kind);
    const target = counts && wish !== undefined ? wish : orphaned ? SYSTEM_DEFAULT : undefined;
    if (target === undefined || target === current || this.#told.get(kind) === target) return false;
    const id =
      target === SYSTEM_DEFAULT ? defaultId(kind, devices) : devices.find((d) => d.name === target)?.id;
    if (id === undefined) return false;
    this.#told.set(kind, target);
    this.#used.set(kind, target);
    void page.ask({ type: 'devices', name: 'setDevice', device: { kind, id } }, z.boolean());
    return true;
  }

  /** @param gone what the page used before, and can no more */
  #note(seen: Seen, gone: ReadonlyMap<DeviceKind, string>): void {
    const losses = [...gone].map(([kind, name]) => ({
      ...{ kind, name, now: seen[kind].current ?? SYSTEM_DEFAULT },
    }));
    const isBack = ({ kind, name }: LostDevice) => seen[kind].devices.some((device) => device.name === name);
    const others = this.#lost.filter((lost) => !gone.has(lost.kind) && !isBack(lost));
    for (const kind of DEVICE_KINDS) {
      const { current } = seen[kind];
      // It went while the page was changing: the next look, which the page's own event brings, tells of it.
      if (current === undefined && !gone.has(kind) && this.#isGone(kind, seen[kind])) continue;
      if (current === undefined) this.#used.delete(kind);
      else this.#used.set(kind, current);
    }
    this.#setLost([...others, ...losses]);
  }

  #setLost(lost: readonly LostDevice[]): void {
    if (lost.length === 0 && this.#lost.length === 0) return;
    this.#lost = lost;
    this.#parts.onChange();
  }
}

/** Cameras have no default of their own: the first is it. */
function defaultId(kind: DeviceKind, devices: readonly NamedDevice[]): string | undefined {
  return kind === 'videoinput' ? devices[0]?.id : 'default';
}
