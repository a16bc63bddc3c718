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

/** ms from each click to the page's word. */
export interface MuteTimes {
  readonly toolbar: number[];
  readonly page: number[];
}

/** What the pages note, in ms since the Unix epoch. */
interface Noted {
  clicks: number[];
  mutes: number[];
}

type NotingWindow = Window & { noted: Noted };

/** A call that is on, with an open microphone; so it is left. */
export interface MuteScene {
  readonly desktop: DesktopApp;
  readonly deployment: JitsiDeployment;
  readonly room: string;
}

/** Clicks each button `2 * times` times, in turn: half of the clicks mute, half open. */
export async function measureMutes(scene: MuteScene, times: number): Promise<MuteTimes> {
  const { desktop } = scene;
  const meeting = await desktop.meeting();
  const switched = await switcher(scene, meeting);
  const lastClick = async (page: Page) => (await noted(page)).clicks.at(-1) ?? Number.NaN;
  const result: MuteTimes = { toolbar: [], page: [] };
  for (let count = 0; count < 2 * times; count += 1) {
    const byToolbar = await switched(() => desktop.button('Mute microphone').click());
    result.toolbar.push(byToolbar - (await lastClick(desktop.shell)));
    const byPage = await switched(() => meeting.locator('#microphone').click());
    result.page.push(byPage - (await lastClick(meeting)));
  }
  return result;
}

/** ms from the key going down at the X server to the page's word, `times` times, which is even. */
export async function measureHotkey(scene: MuteScene, times: number): Promise<readonly number[]> {
  const switched = await switcher(scene, await scene.desktop.meeting());
  const keyboard = await openXKeyboard();
  const result: number[] = [];
  for (let count = 0; count < times; count += 1) {
    let pressedAt = 0;
    const byKeys = await switched(() => {
      pressedAt = performance.timeOrigin + performance.now();
      keyboard.down(...HOTKEY);
      keyboard.up(...HOTKEY);
      return Promise.resolve();
    });
    result.push(byKeys - pressedAt);
  }
  keyboard.close();
  return result;
}

/** Gives what switches the microphone by some act, and says when the page said so. */
async function switcher(
  { desktop, deployment, room }: MuteScene,
  meeting: Page,
): Promise<(act: () => Promise<void>) => Promise<number>> {
  await Promise.all([note(desktop.shell), note(meeting)]);
  let muted = false;
  return async (act) => {
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
}

/** Has a page note clicks on buttons, and, in the meeting, what it says of the microphone. */
async function note(page: Page): Promise<void> {
  await page.evaluate(() => {
    if ('noted' in window) return;
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
