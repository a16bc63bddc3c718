/**
 * From a click to the meeting page's own word that the microphone is muted or open: on Parley's button, and on the page's
 * own one, in turn; and from the keys that every program of the machine hears.
 */
import type { Page } from 'playwright-core';
import type { DesktopApp } from '../test/support/desktopApp';
import type { JitsiDeployment } from '../test/support/jitsi/deployment';
import { openXKeyboard, type XKey } from '../test/support/xKeyboard';

/** The chord that counts everywhere, by default (shared/shortcuts.ts). */
const HOTKEY: readonly XKey[] = ['Control', 'Alt', 'Shift', 'M'];

/** ms from each click or key to the page's word. */
export interface MuteTimes {
  readonly toolbar: number[];
  readonly page: number[];
  /** From the key going down at the X server. */
  readonly hotkey: number[];
}

/** What the pages note, in ms since the Unix epoch. */
interface Noted {
  clicks: number[];
  mutes: number[];
}

type NotingWindow = Window & { noted: Noted };

/** Switches the microphone of a call that is on, each way `times` times. Ends with an open microphone, as it began. */
export async function measureMutes(
  desktop: DesktopApp,
  deployment: JitsiDeployment,
  room: string,
  times: number,
): Promise<MuteTimes> {
  const meeting = await desktop.meeting();
  await Promise.all([note(desktop.shell), note(meeting)]);
  const result: MuteTimes = { toolbar: [], page: [], hotkey: [] };
  let muted = false;
  /** Switches once and says when the page said so. */
  const switched = async (act: () => Promise<void>): Promise<number> => {
    const before = (await noted(meeting)).mutes.length;
    await act();
    muted = !muted;
    await meeting.waitForFunction(
      (count) => (window as unknown as NotingWindow).noted.mutes.length > count,
      before,
    );
    // The next click must find the button as it is now.
    await desktop.microphoneMuted(muted);
    await deployment.waitFor(room, ([person]) => person?.audioMuted === muted);
    return (await noted(meeting)).mutes[before] ?? Number.NaN;
  };
  const lastClick = async (page: Page) => (await noted(page)).clicks.at(-1) ?? Number.NaN;

  for (let count = 0; count < 2 * times; count += 1) {
    const byToolbar = await switched(() => desktop.button('Mute microphone').click());
    result.toolbar.push(byToolbar - (await lastClick(desktop.shell)));
    const byPage = await switched(() => meeting.locator('#microphone').click());
    result.page.push(byPage - (await lastClick(meeting)));
  }
  const keyboard = await openXKeyboard();
  for (let count = 0; count < times; count += 1) {
    let pressedAt = 0;
    const byKeys = await switched(() => {
      pressedAt = performance.timeOrigin + performance.now();
      keyboard.down(...HOTKEY);
      keyboard.up(...HOTKEY);
      return Promise.resolve();
    });
    result.hotkey.push(byKeys - pressedAt);
  }
  keyboard.close();
  return result;
}

/** Has a page note clicks on buttons, and, in the meeting, what it says of the microphone. */
async function note(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted: Noted = { clicks: [], mutes: [] };
    Object.assign(window, { noted });
    const click = ({ timeStamp }: Event) => noted.clicks.push(performance.timeOrigin + timeStamp);
    addEventListener('click', click, { capture: true });
    addEventListener('message', ({ data }) => {
      if (typeof data === 'string' && data.includes('"audio-mute-status-changed"'))
        noted.mutes.push(performance.timeOrigin + performance.now());
    });
  });
}

const noted = (page: Page) => page.evaluate(() => (window as unknown as NotingWindow).noted);
