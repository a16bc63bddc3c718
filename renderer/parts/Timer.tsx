import { useEffect, useState } from 'react';
import { duration } from '../i18n/text';

/** Counts on its own, and silently: a screen reader must not read every second. */
export function Timer({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span aria-live="off">{duration(now - since)}</span>;
}
