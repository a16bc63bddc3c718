import { useEffect, useState } from 'react';
import { duration } from '../i18n/text';

/** How long a call has lasted. Counts on its own, and silently: a screen reader must not read every second. */
export function Timer({ since }: { since: number }) {
  const [elapsed, setElapsed] = useState(() => Date.now() - since);
  useEffect(() => {
    // From here on by the monotonic clock: the other may be set while the call is on.
    const begun = performance.now() - (Date.now() - since);
    const timer = setInterval(() => setElapsed(performance.now() - begun), 1000);
    return () => clearInterval(timer);
  }, [since]);
  return <span aria-live="off">{duration(elapsed)}</span>;
}
