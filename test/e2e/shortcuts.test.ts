/** Shortcuts: in the toolbar, inside the meeting, from other programs; held to talk; recorded anew. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { openXKeyboard, type XKeyboard } from '../support/xKeyboard';

type Modifier = 'control' | 'shift' | 'alt';

describe.runIf(process.platform === 'linux')('shortcuts', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  let room: string;
  let keyboard: XKeyboard;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    keyboard = await openXKeyboard();
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    room = await desktop.startFreeCall();
  });
  afterAll(async () => {
    keyboard.close();
    await desktop.close();
    await deployment.stop();
  });

  /** A key goes down or up in the page of an address, as if that had the keyboard. */
  const key = (type: 'keyDown' | 'keyUp', keyCode: string, modifiers: Modifier[], prefix = 'parley-app:') =>
    desktop.app.evaluate(
      ({ webContents }, event) => {
        const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith(event.prefix));
        page?.sendInputEvent({ type: event.type, keyCode: event.keyCode, modifiers: event.modifiers });
      },
      { type, keyCode, modifiers, prefix },
    );
  const press = async (keyCode: string, modifiers: Modifier[], prefix?: string) => {
    await key('keyDown', keyCode, modifiers, prefix);
    await key('keyUp', keyCode, modifiers, prefix);
  };
  /** The others hear it or not, and the toolbar shows so: what a press does depends on what is shown. */
  const heard = async (is: boolean) => {
    await deployment.waitFor(room, ([person]) => person?.audioMuted === !is);
    await desktop.microphoneMuted(!is);
  };
  const seen = async (is: boolean) => {
    await deployment.waitFor(room, ([person]) => person?.videoMuted === !is);
    await desktop
      .button('Turn on camera')
      .and(desktop.shell.locator(`[aria-pressed="${is}"]`))
      .waitFor();
  };
  const keysOf = (name: string) => desktop.shell.getByRole('button', { name: new RegExp(`^${name}: `) });
  const alert = (words: string) => desktop.alert.getByText(words);

  it('work in the toolbar and inside the meeting, and the tooltips name them', async () => {
    expect(await desktop.button('Mute microphone').getAttribute('title')).toContain('(Ctrl+Shift+M)');
    expect(await desktop.button('Leave call').getAttribute('title')).toBe('Leave call (Ctrl+Shift+H)');
    await press('M', ['control', 'shift']);
    await heard(false);
    await press('M', ['control', 'shift'], 'http:');
    await heard(true);
    await press('O', ['control', 'shift'], 'http:');
    await seen(true);
    await press('O', ['control', 'shift']);
    await seen(false);
  });

  it('leave typing to the meeting', async () => {
    const meeting = await desktop.meeting();
    await meeting.evaluate(() => {
      const typed: string[] = [];
      Object.assign(window, { typed });
      window.addEventListener('keydown', (event) => typed.push(event.key));
    });
    await press('m', [], 'http:');
    await press('M', ['control', 'shift'], 'http:');
    await heard(false);
    await press('M', ['control', 'shift'], 'http:');
    await heard(true);
    expect(await meeting.evaluate(() => (window as unknown as { typed: string[] }).typed)).toEqual(['m']);
  });

  it('count as well when a program puts their keys into the page', async () => {
    const page = desktop.shell.keyboard;
    await page.press('Control+Shift+KeyM');
    await heard(false);
    await page.down('F8');
    await heard(true);
    await page.up('F8');
    await heard(false);
    await page.press('Control+Shift+KeyM');
    await heard(true);
    await page.press('Control+Comma');
    await desktop.field('Lobby address').waitFor();
    // Keys that are recorded are only keys.
    await keysOf('Leave call').click();
    await page.press('Control+Shift+KeyM');
    await alert('These keys are in use: Mute or unmute microphone.').waitFor();
    await desktop.button('Done').click();
    await heard(true);
  });

  it('from anywhere: a key of the keyboard itself, wherever that goes', async () => {
    const chord = ['Control', 'Alt', 'Shift', 'M'] as const;
    keyboard.down(...chord);
    keyboard.up(...chord);
    await heard(false);
    keyboard.down(...chord);
    keyboard.up(...chord);
    await heard(true);
  });

  it('held, lets be heard; let go, mutes; also when the letting go is lost', async () => {
    await desktop.button('Mute microphone').click();
    await heard(false);
    for (const prefix of ['parley-app:', 'http:']) {
      await key('keyDown', 'F8', [], prefix);
      await heard(true);
      await key('keyUp', 'F8', [], prefix);
      await heard(false);
    }
    keyboard.down('F8');
    await heard(true);
    keyboard.up('F8');
    await heard(false);
    await key('keyDown', 'F8', []);
    await heard(true);
    await desktop.app.evaluate(({ app, BrowserWindow }) => {
      app.emit('browser-window-blur', {}, BrowserWindow.getAllWindows()[0]);
    });
    await heard(false);
    for (const event of ['suspend', 'lock-screen']) {
      await key('keyDown', 'F8', []);
      await heard(true);
      await desktop.app.evaluate(({ powerMonitor }, what) => powerMonitor.emit(what), event);
      await heard(false);
    }
  });

  it('are listed, recorded anew, and set back', async () => {
    await press(',', ['control']);
    await desktop.shell.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await keysOf('Leave call').getByText('Ctrl+Shift+H').click();
    await keysOf('Leave call').getByText('Press keys…').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(desktop.shell)).toEqual([]);
    }
    // Chords in force are only keys while one is recorded: this one would mute.
    await press('M', ['control', 'shift']);
    await alert('These keys are in use: Mute or unmute microphone.').waitFor();
    await keysOf('Leave call').getByText('Ctrl+Shift+H').click();
    await desktop.shell.keyboard.press('Shift+KeyK');
    await alert('This would be typed as text.').waitFor();
    await keysOf('Leave call').click();
    await desktop.shell.keyboard.press('Control+Shift+F9');
    await keysOf('Leave call').getByText('Ctrl+Shift+F9').waitFor();
    expect(await desktop.button('Leave call').getAttribute('title')).toBe('Leave call (Ctrl+Shift+F9)');
    await keysOf('Leave call').click();
    await desktop.shell.keyboard.press('Backspace');
    await keysOf('Leave call').getByText('None').waitFor();
    await desktop.button('Default keys: Leave call').click();
    await keysOf('Leave call').getByText('Ctrl+Shift+H').waitFor();
    await keysOf('Show the people in the call').getByText('None').click();
    await desktop.shell.keyboard.press('F9');
    await keysOf('Show the people in the call').getByText('F9').waitFor();
    await desktop.button('Done').click();
    await desktop.microphoneMuted(true);
  });

  it('may be given to items of the menu, and count in the meeting too', async () => {
    await press('F9', [], 'http:');
    await desktop.shell.getByRole('complementary', { name: 'People in the call' }).waitFor();
    await desktop.button('Close panel').click();
  });

  it('that another program has, or another shortcut in an edited file, are said to be taken', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'parley-profile-'));
    await writeFile(join(profile, 'settings.json'), JSON.stringify({ shortcuts: { camera: 'F8' } }));
    const other = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url }, profile });
    await other.startFreeCall();
    await other.button('Settings').click();
    await other.alert.getByText('Another program has these keys.').waitFor();
    await other.alert.getByText('These keys are in use: Talk while held.').waitFor();
    await other.alert.getByText('These keys are in use: Turn camera on or off.').waitFor();
    await other.button('Done').click();
    await other.leave();
    await other.close();
    await rm(profile, { recursive: true });
  });

  it('end the call, and start the next', async () => {
    await press('H', ['control', 'shift'], 'http:');
    await desktop.ready();
    await deployment.waitFor(room, (people) => people.length === 0);
    await press('N', ['control']);
    await desktop.inCall();
    await desktop.leave();
    await press('J', ['control']);
    await desktop.field('Room name, meeting link or invite link').waitFor();
  });
});
