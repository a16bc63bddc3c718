import { useEffect, useState } from 'react';
import type { Snapshot } from '../shared/ipc/snapshot';
import { firstPaint } from './firstPaint';

/** The newest snapshot from the main process; `undefined` until the first has come. */
export function useSnapshot(): Snapshot | undefined {
  const [snapshot, setSnapshot] = useState<Snapshot>();
  useEffect(() => {
    const unsubscribe = window.parley.onSnapshot(setSnapshot);
    // A push that comes meanwhile is newer and must not be overwritten.
    void firstPaint()
      .then(() => window.parley.send('snapshot/read'))
      .then((first) => setSnapshot((newer) => newer ?? first));
    return unsubscribe;
  }, []);
  return snapshot;
}
