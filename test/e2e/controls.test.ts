/** What people reach for while they talk: each control does what it says, and shows what the page has said. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParleyBridge } from '../../shared/ipc/commands';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { Guest } from '../support/jitsi/guest';
import { pickFromMenu } from '../support/nativeMenu';
import { screenPicture } from '../support/screenPicture';

const fromMore = (desktop: DesktopApp, ...path: string[]) =>
  pickFromMenu(desktop, () => desktop.button('More').click(), ...path);

/** Does what leads to a question of the system's, answers it, and gives the question. */
async function answerQuestion(
  desktop: DesktopApp,
  answer: string,
  ask: () => Promise<unknown>,
): Promise<string | undefined> {
  await desktop.app.evaluate(({ dialog }, button) => {
    dialog.showMessageBox = (...[, options]: unknown[]) => {
      const { message, buttons = [] } = options as Electron.MessageBoxOptions;
      Object.assign(globalThis, { asked: message });
      return Promise.resolve({ response: buttons.indexOf(button), checkboxChecked: false });
    };
  }, answer);
  await ask();
  return desktop.app.evaluate(() => (globalThis as { asked?: string }).asked);
}

describe('a call', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let room: string;
  let page: Page;
  let ana: Guest;
  let anaId: string;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false, recorder: 'works', endsForAll: true });
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url, PARLEY_DISPLAY_NAME: 'Bea' } });
    room = await desktop.startFreeCall();
    page = await desktop.meeting();
    ana = new Guest(deployment.url, room);
    anaId = await ana.join({ displayName: 'Ana' });
    await desktop.status.getByText('with Ana').waitFor();
  });
  afterAll(async () => {
    ana.leave();
    await desktop.close();
    await deployment.stop();
  });

  const { button, shows } = {
    button: (name: string) => desktop.button(name),
    shows: (name: string, pressed: boolean) =>
      desktop
        .button(name)
        .and(desktop.shell.locator(`[aria-pressed="${pressed}"]`))
        .waitFor(),
  };
  const resize = (width: number) =>
    desktop.app.evaluate(({ BrowserWindow }, to) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(to, 500);
    }, width);
  const choose = (...path: string[]) => fromMore(desktop, ...path);
  const items = () => fromMore(desktop);
  const self = async () => {
    const people = await deployment.waitFor(room, (all) => all.length >= 2);
    return people.find(({ displayName }) => displayName === 'Bea');
  };

  /** Where a button's figure stands. */
  const countOf = (name: string) => desktop.shell.locator('.counted').filter({ has: button(name) });
  /** A button's name and description, as assistive technology has them. */
  const told = async (button: string) => {
    const tools = await desktop.shell.context().newCDPSession(desktop.shell);
    const { nodes } = await tools.send('Accessibility.getFullAXTree');
    await tools.detach();
    const is = nodes.find(({ name }) => name?.value === button);
    return [is?.name?.value, is?.description?.value] as unknown[];
  };

  it('is gone through by the arrow keys', async () => {
    const focused = () => desktop.shell.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await button('Turn on camera').focus();
    await desktop.shell.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Choose camera');
    await desktop.shell.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Share screen');
    await desktop.shell.keyboard.press('Home');
    expect(await focused()).toBe('Mute microphone');
    await desktop.shell.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('Settings');
  });

  it('raises the hand and lowers it, and shows both as the page does', async () => {
    await button('Raise hand').click();
    await shows('Raise hand', true);
    expect((await self())?.handRaised).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Lower your hand' }).click();
    await shows('Raise hand', false);
  });

  it('counts people, and opens the page’s list of them', async () => {
    await countOf('Participants').getByText('2', { exact: true }).click({ force: true });
    await shows('Participants', true);
    expect(await told('Participants')).toEqual(['Participants', 'People in the call: 2 (Ctrl+Shift+P)']);
    await button('Participants').click();
    await shows('Participants', false);
  });

  it('counts unread messages, and opens the chat', async () => {
    ana.say({ type: 'chat', message: 'hello' });
    await countOf('Chat').getByText('1', { exact: true }).waitFor();
    expect(await told('Chat')).toEqual(['Chat', 'Unread messages: 1 (Ctrl+Shift+U)']);
    await button('Chat').click();
    await shows('Chat', true);
    await expect.poll(() => desktop.meetingHasFocus()).toBe(true);
    await desktop.shell.getByTitle('Chat (Ctrl+Shift+U)', { exact: true }).waitFor();
    await button('Chat').click();
    await shows('Chat', false);
  });

  it('shows the screen, and says so until the page says otherwise', async () => {
    await button('Share screen').click();
    await desktop.shell.getByRole('heading', { name: 'Show your screen' }).waitFor();
    await shows('Share screen', false);
    await desktop.button('Share').click();
    await shows('Share screen', true);
    await ana.hears('screen');
    await button('Share screen').click();
    await shows('Share screen', false);
  });

  it('names who speaks to whoever needs it', async () => {
    deployment.speak(room, anaId);
    const speaker = () =>
      desktop.shell.evaluate(async () => {
        const { call } = await (window as unknown as { parley: ParleyBridge }).parley.send('snapshot/read');
        return call.phase === 'joined' ? call.meeting.dominantSpeaker : undefined;
      });
    await expect.poll(speaker).toBe(anaId);
  });

  it('offers the rest in a menu, whose marks are the page’s word', async () => {
    const checked = async (label: string) => (await items()).find((item) => item.label === label)?.checked;
    for (const label of ['Tile view', 'Audio only: receive no video']) {
      expect(await checked(label)).toBe(false);
      await choose(label);
      await expect.poll(() => checked(label)).toBe(true);
      await choose(label);
      await expect.poll(() => checked(label)).toBe(false);
    }
    await choose('End-to-end encryption', 'Turn on');
    await ana.hears('encryption');
    for (const [label, state] of [
      ['Turn on', 'on'],
      ['Turn off', 'off'],
    ] as const) {
      await choose('Noise suppression', label);
      await page.locator(`[data-noise-suppression="${state}"]`).waitFor();
    }
    await choose('Show or hide subtitles');
    await expect
      .poll(async () => (await items()).map(({ label }) => label))
      .toContain('Show or hide subtitles — nobody transcribes here');
  });

  it('offers the menu by a key too, from the meeting itself', async () => {
    const offered = await pickFromMenu(
      desktop,
      async () => {
        await page.locator('body').focus();
        await desktop.app.evaluate(({ webContents }) => {
          const meeting = webContents.getAllWebContents().find((each) => each.getURL().startsWith('http:'));
          meeting?.sendInputEvent({ type: 'keyDown', keyCode: 'F10', modifiers: ['shift'] });
        });
      },
      'Tile view',
    );
    expect(offered.length).toBeGreaterThan(10);
    await expect
      .poll(async () => (await items()).find(({ label }) => label === 'Tile view')?.checked)
      .toBe(true);
    await choose('Tile view');
  });

  it('records, and streams with a key', async () => {
    await choose('Record call');
    await desktop.status.getByText('recording', { exact: true }).waitFor();
    await choose('Stop recording');
    await desktop.status.getByText('recording', { exact: true }).waitFor({ state: 'detached' });
    await choose('Start live stream…');
    await desktop.field('Stream key').fill('abcd-1234');
    await desktop.shell.keyboard.press('Enter');
    await desktop.status.getByText('live stream', { exact: true }).waitFor();
    await choose('Stop live stream');
    await desktop.status.getByText('live stream', { exact: true }).waitFor({ state: 'detached' });
  });

  it('has a subject that all see', async () => {
    await choose('Subject…');
    await desktop.field('Subject of the call').fill('Pairing');
    await button('Set subject').click();
    expect(await ana.hears('subject')).toEqual({ type: 'subject', subject: 'Pairing' });
    await choose('Subject…');
    await expect.poll(() => desktop.field('Subject of the call').inputValue()).toBe('Pairing');
    await desktop.shell.keyboard.press('Escape');
    await desktop.field('Subject of the call').waitFor({ state: 'detached' });
    await expect.poll(() => desktop.shell.evaluate(() => document.activeElement?.id)).toBe('more');
  });

  it('lets in and refuses who waits before the door', async () => {
    await choose('Waiting room…');
    await desktop.shell.getByText('The meeting has not said whether').waitFor();
    await button('Turn on').click();
    await desktop.shell.getByText('Newcomers wait to be let in by a moderator.').waitFor();
    const [eve, mallory] = [new Guest(deployment.url, room), new Guest(deployment.url, room)];
    for (const [guest, displayName] of [
      [eve, 'Eve'],
      [mallory, 'Mallory'],
    ] as const) {
      await guest.login({ displayName });
      await guest.hears('logged-in');
      guest.say({ type: 'enter' });
      await guest.hears('members-only');
      guest.say({ type: 'knock' });
    }
    await desktop.shell.getByText('2 people wait to be let in.').waitFor();
    await button('Refuse Mallory').click();
    await mallory.hears('access-denied');
    await desktop.shell.getByText('Eve waits to be let in.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme });
      expect(await axeFindings(desktop.shell)).toEqual([]);
      await screenPicture(`waiting-room-${colorScheme}.png`);
    }
    await button('Let in Eve').first().click();
    await eve.hears('come-in');
    await desktop.shell.getByText('Nobody waits.').waitFor();
    await button('Turn off').click();
    await desktop.shell.getByText('Newcomers come straight in.').waitFor();
    await button('Close panel').click();
    eve.leave();
    mallory.leave();
  });

  it('gives the meeting’s room to a panel, and takes it back', async () => {
    const width = () => page.evaluate(() => innerWidth);
    const whole = await desktop.shell.evaluate(() => innerWidth);
    await expect.poll(width).toBe(whole);
    await choose('Room password…');
    await expect.poll(width).toBe(whole - 280);
    await desktop.field('New password').fill('s3cret');
    await button('Set password').click();
    expect(await ana.hears('locked')).toMatchObject({ locked: true });
    await expect.poll(width).toBe(whole);
  });

  it('mutes everyone else', async () => {
    ana.say({ type: 'media', mediaType: 'audio', muted: false });
    await deployment.waitFor(room, (all) => all.every(({ audioMuted }) => !audioMuted));
    await choose('Mute everyone else');
    await deployment.waitFor(room, (all) => all.some(({ audioMuted }) => audioMuted));
    expect((await self())?.audioMuted).toBe(false);
  });

  it('asks before it ends for all', async () => {
    expect(await answerQuestion(desktop, 'Stay', () => choose('End call for all…'))).toBe(
      'End the call for all?',
    );
    await desktop.status.getByText(/In call/).waitFor();
  });

  it('fits the window in every language', async () => {
    const send = (language: string) =>
      desktop.shell.evaluate(
        (to) =>
          (window as unknown as { parley: ParleyBridge }).parley.send('settings/change', { language: to }),
        language as 'de',
      );
    const overhang = () =>
      desktop.shell.evaluate(() => {
        const toolbar = document.querySelector('[role=toolbar]');
        return toolbar === null ? undefined : toolbar.scrollWidth - toolbar.clientWidth;
      });
    for (const language of ['de', 'fr', 'es', 'en']) {
      await send(language);
      await desktop.shell.locator(`html[lang=${language}]`).waitFor();
      for (const width of [841, 700, 561, 400]) {
        await resize(width);
        await expect.poll(() => desktop.shell.evaluate(() => innerWidth)).toBe(width);
        expect(await overhang(), `${language} ${width}`).toBe(0);
      }
    }
    await resize(1080);
  });

  it('folds the buttons into the menu in a narrow window', async () => {
    const labels = async () => (await items()).map(({ label }) => label);
    expect(await labels()).not.toContain('Raise hand');
    await resize(500);
    await button('Raise hand').waitFor({ state: 'hidden' });
    expect(await labels()).toEqual(
      expect.arrayContaining(['Share screen', 'Raise hand', 'Participants', 'Chat']),
    );
    await choose('Raise hand');
    await expect.poll(async () => (await self())?.handRaised).toBeGreaterThan(0);
    await choose('Raise hand');
    const unread = countOf('More').getByText('1', { exact: true });
    ana.say({ type: 'chat', message: 'still there?' });
    await unread.waitFor();
    expect(await told('More')).toEqual(['More', 'Unread messages: 1 (Shift+F10)']);
    expect(await labels()).toContain('Chat (1 unread)');
    await resize(1080);
    await unread.waitFor({ state: 'hidden' });
    expect((await told('More'))[1]).not.toContain('Unread');
    for (const open of [true, false]) {
      await button('Chat').click();
      await shows('Chat', open);
    }
    for (const name of [
      'Mute microphone',
      'Turn on camera',
      'Share screen',
      'Raise hand',
      'Participants',
      'Chat',
      'More',
      'Copy invite link',
      'Leave call',
      'Settings',
    ]) {
      await button(name).waitFor({ state: 'visible' });
    }
  });

  it('keeps the keyboard in the toolbar when it ends', async () => {
    await button('Leave call').focus();
    await desktop.shell.keyboard.press('Enter');
    await desktop.ready();
    await expect
      .poll(() => desktop.shell.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Start voice call');
  });

  it('is not muted by the second click of a double click on “Voice”', async () => {
    await desktop.shell.evaluate(() => {
      const mute = () => document.querySelector('.device[data-state=on]');
      const observer = new MutationObserver(() => {
        const button = mute();
        if (button === null) return;
        observer.disconnect();
        button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await desktop.button('Start voice call').click();
    room = await desktop.inCall();
    await desktop.microphoneMuted(false);
    // What was sent after the click has come about: the click has sent nothing.
    await button('Raise hand').click();
    await shows('Raise hand', true);
    const [person] = await deployment.waitFor(room, ([one]) => (one?.handRaised ?? 0) > 0);
    expect(person?.audioMuted).toBe(false);
    await desktop.leave();
  });

  it('is ended for all, which is no failure for whoever has wanted it', async () => {
    await desktop.button('Start voice call').click();
    const other = new Guest(deployment.url, await desktop.inCall());
    await other.join({ displayName: 'Ada' });
    await answerQuestion(desktop, 'End for all', () => choose('End call for all…'));
    await other.hears('destroyed');
    await desktop.ready();
    expect(await desktop.alert.count()).toBe(0);
    other.leave();
  });
});

it('who is no moderator is told what is for moderators, and when one of those ends the call', async () => {
  const deployment = await startDeployment({ tokenRequired: false, endsForAll: true });
  const moderator = new Guest(deployment.url, 'quiet-otter');
  await moderator.join({ displayName: 'Ana' });
  const desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
  try {
    await desktop.freeSwitch.click();
    await desktop.button('Use free Jitsi').click();
    await desktop.join('quiet-otter');
    await desktop.inCall();
    const disabled = (await fromMore(desktop)).filter(({ enabled }) => !enabled);
    expect(disabled.map(({ label }) => label)).toEqual([
      'Record call — for moderators',
      'Start live stream — for moderators',
      'Subject — for moderators',
      'Room password — for moderators',
      'Waiting room — for moderators',
      'Mute everyone else — for moderators',
      'End call for all — for moderators',
    ]);
    moderator.say({ type: 'end-conference' });
    await desktop.alert.getByText('A moderator has ended the call.').waitFor();
  } finally {
    moderator.leave();
    await desktop.close();
    await deployment.stop();
  }
});

it('a recorder that is busy is said to be', async () => {
  const deployment = await startDeployment({ tokenRequired: false, recorder: 'busy' });
  const desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
  try {
    await desktop.startFreeCall();
    await fromMore(desktop, 'Record call');
    await desktop.alert.getByText('The call is not recorded.').waitFor();
    await desktop.button('Close').click();
    await desktop.alert.waitFor({ state: 'detached' });
    await fromMore(desktop, 'Start live stream…');
    await desktop.shell.getByLabel('Stream key').fill('abcd-1234');
    await desktop.shell.keyboard.press('Enter');
    await desktop.alert.getByText('There is no live stream.').waitFor();
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await desktop.leave();
  } finally {
    await desktop.close();
    await deployment.stop();
  }
});
