/** A page of ours whose process has died is loaded again: a call may be on, and nobody could mute it or leave. */
import type { WebContents } from 'electron';
import { log } from '../log';

/** Least time between two loads, in ms: a page that dies at once must not keep the machine busy. */
const PAUSE_MS = 1_000;

export function comeBack(contents: WebContents): void {
  let loadedAt = -PAUSE_MS;
  contents.on('render-process-gone', (_event, { reason }) => {
    log.warn('shell.gone', { reason });
    const wait = Math.max(0, loadedAt + PAUSE_MS - performance.now());
    setTimeout(() => {
      if (contents.isDestroyed()) return;
      loadedAt = performance.now();
      contents.reload();
    }, wait);
  });
}
