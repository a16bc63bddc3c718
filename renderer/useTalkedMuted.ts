import { useEffect, useState } from 'react';
import type { CallState } from '../shared/callState';

/** How long it is said, in ms: the page notices again when it goes on. */
const SAID_MS = 10_000;

/** Whether the page has just heard that the user talks while muted. */
export function useTalkedMuted({ meeting, microphone }: CallState & { phase: 'joined' }): boolean {
  const { talkedMuted } = meeting;
  const [old, setOld] = useState(0);
  useEffect(() => {
    if (talkedMuted === 0) return undefined;
    const timer = setTimeout(() => setOld(talkedMuted), SAID_MS);
    return () => clearTimeout(timer);
  }, [talkedMuted]);
  return talkedMuted !== old && microphone === 'off';
}
