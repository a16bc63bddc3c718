/** What the meeting's preload lets through, with a window of its own and Electron's channel played. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PAGE_MESSAGE_CHANNEL, PAGE_POST_CHANNEL } from '../../../shared/ipc/channels';
import { MESSAGE_MAX, MESSAGES_PER_SECOND, SCOPE } from '../../../shared/jitsi/limits';

const channel = vi.hoisted(() => ({
  sent: [] as unknown[][],
  listeners: new Map<string, (event: unknown, text: string) => void>(),
}));
vi.mock('electron', () => ({
  ipcRenderer: {
    send: (...message: unknown[]) => channel.sent.push(message),
    on: (name: string, listener: (event: unknown, text: string) => void) =>
      channel.listeners.set(name, listener),
  },
}));

/** The page's window: it hears messages and is posted to. */
class PageWindow extends EventTarget {
  readonly location = { origin: 'https://meet.example.com' };
  readonly posted: [string, string][] = [];
  postMessage(text: string, origin: string): void {
    this.posted.push([text, origin]);
  }
}

let page: PageWindow;
beforeEach(async () => {
  page = new PageWindow();
  channel.sent.length = 0;
  vi.stubGlobal('window', page);
  vi.resetModules();
  await import('../../../preload/meeting');
});

/** Dispatches a message to the page's window, as a browser does. */
function hear(data: unknown, { source = page, at = 0 }: { source?: object | null; at?: number } = {}): void {
  const event = Object.assign(new Event('message'), { data, source });
  Object.defineProperty(event, 'timeStamp', { value: at });
  page.dispatchEvent(event);
}
const text = (padding = '') => `{"scope":"${SCOPE}","padding":"${padding}"}`;

describe('what the page says', () => {
  it('reaches the main process as it stands', () => {
    hear(text());
    expect(channel.sent).toEqual([[PAGE_MESSAGE_CHANNEL, text()]]);
  });

  it.each([
    ['a subframe', text(), {}],
    ['nobody', text(), null],
  ])('is not what %s says', (_who, data, source) => {
    hear(data, { source });
    expect(channel.sent).toEqual([]);
  });

  it.each([
    ['an object', { scope: SCOPE }],
    ['nothing', undefined],
    ['a text of another scope', '{"scope":"jitsi_meet_external_api_0"}'],
  ])('is not %s', (_what, data) => {
    hear(data);
    expect(channel.sent).toEqual([]);
  });

  it('is bounded in length', () => {
    const longest = text('x'.repeat(MESSAGE_MAX - text().length));
    hear(longest);
    hear(`${longest} `);
    expect(channel.sent).toEqual([[PAGE_MESSAGE_CHANNEL, longest]]);
  });

  it('is bounded in number a second, and heard again in the next', () => {
    for (let count = 0; count < MESSAGES_PER_SECOND + 50; count += 1) hear(text(), { at: 1000 });
    expect(channel.sent).toHaveLength(MESSAGES_PER_SECOND);
    hear(text(), { at: 1999 });
    expect(channel.sent).toHaveLength(MESSAGES_PER_SECOND);
    hear(text(), { at: 2000 });
    expect(channel.sent).toHaveLength(MESSAGES_PER_SECOND + 1);
  });

  it("does not count what is not for us: a subframe cannot use up the page's share", () => {
    for (let count = 0; count < 1000; count += 1) hear(text(), { source: {}, at: 1000 });
    hear(text(), { at: 1000 });
    expect(channel.sent).toHaveLength(1);
  });
});

describe('what the main process says', () => {
  it('is posted to the page, to its own origin alone', () => {
    channel.listeners.get(PAGE_POST_CHANNEL)?.({}, text());
    expect(page.posted).toEqual([[text(), 'https://meet.example.com']]);
  });

  it('does not come back as a word of the page, once for each time that it is said', () => {
    channel.listeners.get(PAGE_POST_CHANNEL)?.({}, text('asked'));
    hear(text('answered'));
    hear(text('asked'));
    expect(channel.sent).toEqual([[PAGE_MESSAGE_CHANNEL, text('answered')]]);
    hear(text('asked'));
    expect(channel.sent).toHaveLength(2);
  });
});

it('puts nothing on the window', () => {
  expect(Object.keys(page).sort()).toEqual(['location', 'posted']);
});
