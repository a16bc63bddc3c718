import { type ConfigOverrides, readOverrides, type RefusedOverride } from '../shared/jitsi/configOverrides';
import type { Given } from './given';

const VARIABLE = 'LOBBY_MEETING_CONFIG';

const WHY: Readonly<Record<RefusedOverride['because'], string>> = {
  unknown: 'is not a name that Jitsi takes from an address',
  own: 'is for Parley itself to set',
  'too-long': 'is more than an address should hold',
};

/** Reads `LOBBY_MEETING_CONFIG`: what of `config.js` is different in the calls of this lobby. */
export function readMeetingConfig(
  given: Given,
): { value: ConfigOverrides | undefined } | { faults: string[] } {
  const text = given[VARIABLE];
  if (text === undefined) return { value: undefined };
  const json = parsed(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { faults: [`${VARIABLE} takes a JSON object, such as {"disablePolls":true}.`] };
  }
  const { overrides, refused } = readOverrides(json as Readonly<Record<string, unknown>>);
  if (refused.length === 0) return { value: overrides };
  return { faults: refused.map(({ name, because }) => `${VARIABLE}: ${name} ${WHY[because]}.`) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
