import { fill } from '../../shared/fill';
import { en } from './en';

export type TextKey = keyof typeof en;

/** The text of a key, with `{name}` filled from `values`. */
export function text(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(en[key], values);
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
