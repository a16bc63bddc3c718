import { useEffect, useState } from 'react';
import type { Snapshot } from '../shared/ipc/snapshot';
import { firstPaint } from './firstPaint';
import { speak } from './i18n/speak';
import { spokenLanguage } from './i18n/text';

/**
 * The newest snapshot from the main process; `undefined` until the first has come. One in another language counts once its
 * words are loaded, so that what is rendered from it is in that language.
 */
export function useSnapshot(): Snapshot | undefined {
  const [snapshot, setSnapshot] = useState<Snapshot>();
  useEffect(() => {
    let newest: Snapshot | undefined;
    const take = (next: Snapshot) => {
      newest = next;
      if (next.language === spokenLanguage()) setSnapshot(next);
      else void speak(next.language).then(() => setSnapshot(newest));
    };
    const unsubscribe = window.parley.onSnapshot(take);
    // A push that comes meanwhile is newer and must not be overwritten.
    void firstPaint()
      .then(() => window.parley.send('snapshot/read'))
      .then((first) => {
        if (newest === undefined) take(first);
      });
    return unsubscribe;
  }, []);
  return snapshot;
}
