import { fill } from '../../shared/fill';
import { en } from './en';

export type NativeTextKey = keyof typeof en;

/** The text of a key, with `{name}` filled from `values`. */
export function nativeText(
  key: NativeTextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(en[key], values);
}
