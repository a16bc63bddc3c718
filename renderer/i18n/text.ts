/** The words of the language that is spoken now. */
import type { Language } from '../../shared/languages';
import { fill, type Translation, type Values } from '../../shared/words';
import { en } from './en';

export type TextKey = keyof typeof en;

/** All words in one language. A key that is missing, or that English does not have, fails the type check. */
export type Catalogue = Translation<typeof en>;

/** English until told otherwise: it is in the first script, so that its paint waits for nothing. */
let spoken: { language: Language; locale: string; words: Catalogue } = {
  language: 'en',
  locale: 'en',
  words: en,
};

/** @param locale for numbers and dates: the language, or what the system adds to it, such as `de-AT`. */
export function adopt(language: Language, locale: string, words: Catalogue): void {
  spoken = { language, locale, words };
}

export const spokenLanguage = () => spoken.language;

/** The text of a key, with `{name}` filled from `values`; `count` among them decides on a plural form. */
export function text(key: TextKey, values: Values = {}): string {
  return fill(spoken.words[key], spoken.locale, values);
}

/** A date and its time of day, in words. */
export function dateText(date: Date): string {
  return date.toLocaleString(spoken.locale, { dateStyle: 'long', timeStyle: 'short' });
}

const UNITS = [
  ['day', 24 * 60 * 60_000],
  ['hour', 60 * 60_000],
  ['minute', 60_000],
] as const;
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** How much is to be loaded, in megabytes: "85.3 MB". */
export function sizeText(bytes: number): string {
  const options = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const;
  return (Math.ceil(bytes / 100_000) / 10).toLocaleString(spoken.locale, options);
}

/** How long ago something was, "2 hours ago"; after a week its date. Both in ms since the Unix epoch. */
export function agoText(then: number, now: number): string {
  const ms = Math.max(0, now - then);
  if (ms >= WEEK_MS) return new Date(then).toLocaleDateString(spoken.locale, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(spoken.locale, { numeric: 'auto' });
  const [unit, length] = UNITS.find(([, unitMs]) => ms >= unitMs) ?? (['second', ms + 1] as const);
  return relative.format(-Math.floor(ms / length), unit);
}

/** A duration as a call timer shows it: 12:04, 1:02:33. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = `${two(minutes)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${clock}` : clock.replace(/^0/, '');
}
