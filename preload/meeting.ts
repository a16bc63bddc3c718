/**
 * The only preload of the meeting page, which is not ours: it puts nothing on the page's `window`. It hears what the
 * page says to its embedder (at top level: to itself) and speaks the main process's messages to it, as text.
 */
import { ipcRenderer } from 'electron';
import { PAGE_MESSAGE_CHANNEL, PAGE_POST_CHANNEL } from '../shared/ipc/channels';
import { MESSAGE_MAX, MESSAGES_PER_SECOND, SCOPE } from '../shared/jitsi/limits';

/** What was said to the page and has not come by here yet: it does, before the page hears it, and is no word of the page's. */
const said = new Set<string>();

let windowStart = 0;
let heard = 0;

/** Whether one more message may pass now: a page that floods must not fill the main process's queue. */
function withinRate(now: number): boolean {
  if (now - windowStart >= 1000) {
    windowStart = now;
    heard = 0;
  }
  heard += 1;
  return heard <= MESSAGES_PER_SECOND;
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const { source, data } = event;
  // A subframe can post to its parent; only what the page itself says counts.
  if (source !== window || typeof data !== 'string') return;
  if (data.length > MESSAGE_MAX || !data.includes(SCOPE) || said.delete(data)) return;
  if (withinRate(event.timeStamp)) ipcRenderer.send(PAGE_MESSAGE_CHANNEL, data);
});

ipcRenderer.on(PAGE_POST_CHANNEL, (_event, text: string) => {
  window.postMessage(text, window.location.origin);
  said.add(text);
});
