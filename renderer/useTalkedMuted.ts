import { useEffect, useState } from 'react';
import type { CallState } from '../shared/callState';

/** How long it is said, in ms: the page notices again when it goes on. */
const SAID_MS = 10_000;

/** Whether the page has just heard that the user talks while muted. What it heard before this was shown is over. */
export function useTalkedMuted({ meeting, microphone }: CallState & { phase: 'joined' }): boolean {
  const { talkedMuted } = meeting;
  const [counted, setCounted] = useState(talkedMuted);
  const [said, setSaid] = useState(false);
  if (talkedMuted !== counted) {
    setCounted(talkedMuted);
    // A page that takes another's place counts from 0 again, and has heard nothing by that.
    setSaid(talkedMuted > counted);
  }
  useEffect(() => {
    if (!said) return undefined;
    const timer = setTimeout(() => setSaid(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [said, counted]);
  return said && microphone === 'off';
}
