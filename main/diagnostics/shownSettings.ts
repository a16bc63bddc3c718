/** Settings as a report may show them: each with the layer that it is from, and none with what is somebody's own. */
import { parseUrl } from '../../shared/webUrl';
import type { Settings } from '../settings/settings';
import { VALUE_NAMES, type ValueName } from '../settings/settingsTable';

/** Texts that are one of a few words; any other text may be a name. */
const CHOICES: ReadonlySet<ValueName> = new Set(['theme', 'language', 'updates']);

/** A line for each setting. */
export function shownSettings(settings: Pick<Settings, 'values' | 'source'>): readonly string[] {
  // Of overrides only how many are in force.
  const values = { ...settings.values, config: settings.values.config.overrides };
  return VALUE_NAMES.map((name) => `${name}: ${shownValue(name, values[name])} (${settings.source(name)})`);
}

function shownValue(name: ValueName, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return shownText(name, value);
  if (Array.isArray(value)) {
    const origins = value.flatMap((item) => (typeof item === 'string' ? (originOf(item) ?? []) : []));
    return origins.length > 0 ? origins.join(', ') : String(value.length);
  }
  return typeof value === 'object' && value !== null ? String(Object.keys(value).length) : 'not set';
}

function shownText(name: ValueName, text: string): string {
  if (text === '') return 'not set';
  return originOf(text) ?? (CHOICES.has(name) ? text : 'set');
}

function originOf(text: string): string | undefined {
  const url = parseUrl(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.origin : undefined;
}
