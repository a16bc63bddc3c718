import { useEffect, useState } from 'react';

/** How long "Copied" stands, in ms. */
const COPIED_MS = 1500;

/** Whether something was copied just now, and what to call when it is. */
export function useCopied(): [copied: boolean, onCopy: () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, () => setCopied(true)];
}
