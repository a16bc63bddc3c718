import { duration } from '../i18n/text';
import { useNow } from '../useNow';

/** Counts on its own, and silently: a screen reader must not read every second. */
export function Timer({ since }: { since: number }) {
  return <span aria-live="off">{duration(useNow(1000) - since)}</span>;
}
