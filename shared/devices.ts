/**
 * Microphones, speakers and cameras by name. Ids differ from origin to origin and from session to session (Media Capture
 * and Streams, section 9.2), so what the settings page sees and what a meeting sees have only the label in common.
 */
import type { DeviceKind, MeetingDevice } from './jitsi/requests';

export const DEVICE_KINDS: readonly DeviceKind[] = ['audioinput', 'audiooutput', 'videoinput'];

/** The name that stands for whatever the system prefers. */
export const SYSTEM_DEFAULT = '';

/** Ids by which Chromium lists the system's preferred devices a second time. */
const SECOND_LISTINGS: ReadonlySet<string> = new Set(['default', 'communications']);

/** Longest list of remembered choices: a person with more places than this starts anew with the oldest. */
const REMEMBERED_MAX = 60;

export interface NamedDevice {
  id: string;
  name: string;
}

/** What the user chose of one kind while these devices were there. */
export interface DeviceChoice {
  kind: DeviceKind;
  /** Names of all devices of that kind, sorted. */
  present: readonly string[];
  /** A name, or {@link SYSTEM_DEFAULT}. */
  chosen: string;
}

/** The newest choice first; one for each set of devices. */
export type DeviceMemory = readonly DeviceChoice[];

/**
 * The devices of a kind, each once and by a name of its own: of two with the same label the second is "… (2)". Devices
 * without a label are left out: the page may not know them.
 */
export function namedDevices(devices: readonly MeetingDevice[], kind: DeviceKind): NamedDevice[] {
  const seen = new Map<string, number>();
  return devices
    .filter((device) => device.kind === kind && device.label !== '' && !SECOND_LISTINGS.has(device.deviceId))
    .map(({ deviceId, label }) => {
      const count = (seen.get(label) ?? 0) + 1;
      seen.set(label, count);
      return { id: deviceId, name: count === 1 ? label : `${label} (${count})` };
    });
}

/**
 * What the user wants of a kind, with these devices there: what was chosen with the very same ones, or else the newest
 * choice that is among them. `undefined`: nothing was ever chosen that counts here.
 */
export function chosenDevice(
  memory: DeviceMemory,
  kind: DeviceKind,
  present: readonly string[],
): string | undefined {
  const ofKind = memory.filter((choice) => choice.kind === kind);
  const exact = ofKind.find((choice) => isSameSet(choice.present, present));
  return (exact ?? ofKind.find(({ chosen }) => present.includes(chosen)))?.chosen;
}

/** The memory with one more choice, which takes the place of the one for the same devices. */
export function withChoice(memory: DeviceMemory, choice: DeviceChoice): DeviceMemory {
  const others = memory.filter(
    ({ kind, present }) => kind !== choice.kind || !isSameSet(present, choice.present),
  );
  const present = [...choice.present].sort();
  return [{ ...choice, present }, ...others].slice(0, REMEMBERED_MAX);
}

/**
 * The newest choice of each kind, for a page that does not know yet which devices there are: it passes over what it does
 * not have.
 */
export function newestChoices(memory: DeviceMemory): Partial<Record<DeviceKind, string>> {
  const newest: Partial<Record<DeviceKind, string>> = {};
  for (const { kind, chosen } of memory) newest[kind] ??= chosen;
  return newest;
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}
