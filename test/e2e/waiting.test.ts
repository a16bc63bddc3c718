/** Deployments that do not simply let one in: their page waits for a person, and so does Parley, and says for whom. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ParleyBridge } from '../../shared/ipc/commands';
import type { Page } from 'playwright-core';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { Guest } from '../support/jitsi/guest';
import { type AsapServer, startAsapServer, TokenIssuer } from '../support/jitsi/tokenIssuer';
import { type OtherSite, startOtherSite } from '../support/otherSite';
import { screenPicture } from '../support/screenPicture';

async function freeDesktop(deployment: JitsiDeployment): Promise<DesktopApp> {
  const desktop = await startDesktop({
    env: { PARLEY_FREE_URL: deployment.url, PARLEY_DISPLAY_NAME: 'Bea' },
  });
  await desktop.freeSwitch.click();
  await desktop.button('Use free Jitsi').click();
  await desktop.freeSwitch.and(desktop.shell.locator('[aria-checked="true"]')).waitFor();
  return desktop;
}

describe('a deployment with accounts of its own', () => {
  const accounts = { bea: 'right' };
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false, accounts });
    desktop = await freeDesktop(deployment);
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
  });
  beforeEach(async () => {
    accounts.bea = 'right';
    await desktop.button('Start voice call').click();
    await desktop.status.getByText('Waiting for you to log in on the page…').waitFor();
  });

  async function logIn(page: Page, password: string): Promise<void> {
    await page.getByRole('textbox', { name: 'User' }).fill('bea');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
  }

  it('has its login shown, with the keyboard in it; who logs in is in the call, and heard', async () => {
    const page = await desktop.meeting();
    await expect.poll(() => desktop.meetingHasFocus()).toBe(true);
    await logIn(page, 'wrong');
    await page.getByRole('form', { name: 'Login' }).waitFor();
    await desktop.status.getByText('Waiting for you to log in on the page…').waitFor();
    await logIn(page, 'right');
    const room = await desktop.inCall();
    await deployment.waitFor(room, ([person]) => person?.audioMuted === false);
    await desktop.leave();
  });

  it('has whatever can be used only in the call say so', async () => {
    const toolbar = desktop.shell.getByRole('toolbar', { name: 'Call' });
    const reasons = await toolbar
      .locator('button:disabled')
      .evaluateAll((buttons) => buttons.map((button) => [button.ariaLabel, (button as HTMLElement).title]));
    expect(reasons.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'Mute microphone',
        'Choose camera',
        'Share screen',
        'More',
        'Copy invite link',
      ]),
    );
    const why = /: once you are in the call$|has not said yet whether|when the call is over$/;
    expect(reasons.filter(([, title]) => !why.test(title ?? ''))).toEqual([]);
    await desktop.button('Cancel').click();
    await desktop.ready();
  });

  it('has its login shown in mid-call too, over whatever stands there; the call goes on then as it was', async () => {
    const page = await desktop.meeting();
    await logIn(page, 'right');
    const room = await desktop.inCall();
    await desktop.microphoneMuted(false);
    await desktop.button('Mute microphone').click();
    await desktop.microphoneMuted(true);
    await desktop.button('Settings').click();
    await desktop.field('Display name').waitFor();

    accounts.bea = 'changed';
    deployment.next('drop');
    await desktop.status.getByText('Waiting for you to log in on the page…').waitFor();
    await desktop.shell.getByText('Once you are let in again, the call goes on as it was.').waitFor();
    expect(await desktop.status.getByText('In call').count()).toBe(0);
    await expect.poll(() => desktop.meetingHasFocus()).toBe(true);
    await desktop.field('Display name').waitFor({ state: 'detached' });
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme });
      expect(await axeFindings(desktop.shell)).toEqual([]);
      await screenPicture(`login-mid-call-${colorScheme}.png`);
    }
    await logIn(page, 'changed');
    expect(await desktop.inCall()).toBe(room);
    await desktop.microphoneMuted(true);
    await deployment.waitFor(room, (people) => people.length === 1 && people[0]?.audioMuted === true);
    await desktop.leave();
  });

  it('whose page hangs there is opened anew when the user has enough of it', async () => {
    const page = await desktop.meeting();
    const gone = new Promise<void>((resolve) => page.once('close', () => resolve()));
    await page.evaluate(() => {
      setTimeout(() => {
        for (const end = Date.now() + 600_000; Date.now() < end;);
      });
    });
    await desktop.shell.getByText('The meeting page does not answer.').waitFor();
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await screenPicture('hung-before-joining.png');
    await desktop.button('Reload meeting').click();
    await gone;
    await desktop.status.getByText('Waiting for you to log in on the page…').waitFor();
    await logIn(await desktop.meeting(), 'right');
    await desktop.inCall();
    await desktop.leave();
  });

  it('is left when the user cancels there', async () => {
    await (await desktop.meeting()).getByRole('button', { name: 'Cancel login' }).click();
    await desktop.ready();
    expect(await desktop.alert.count()).toBe(0);
  });

  it('is left when the user cancels here', async () => {
    await desktop.button('Cancel').click();
    await desktop.ready();
    await expect
      .poll(() => desktop.app.windows().filter((page) => page.url().startsWith('http:')))
      .toEqual([]);
  });
});

describe('a room', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;
  const guests: Guest[] = [];
  const issuer = new TokenIssuer();
  let asap: AsapServer;

  beforeAll(async () => {
    asap = await startAsapServer([issuer]);
    deployment = await startDeployment({
      asapKeyServer: asap.url,
      tokenRequired: false,
      waitsForHost: true,
    });
    desktop = await freeDesktop(deployment);
  });
  afterAll(async () => {
    for (const guest of guests) guest.leave();
    await desktop.close();
    await deployment.stop();
    await asap.stop();
  });

  /** A moderator in a room of that name. */
  async function moderatorOf(room: string): Promise<Guest> {
    deployment.letHostIn(room);
    const guest = new Guest(deployment.url, room);
    guests.push(guest);
    await guest.join({ displayName: 'Ana' });
    return guest;
  }

  it('whose host has not arrived is waited for, and entered when they have', async () => {
    await desktop.join('early-bird');
    await desktop.status
      .getByText('The host has not arrived. If you are the host, log in on the page.')
      .waitFor();
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await screenPicture('waiting-for-host.png');
    deployment.letHostIn('early-bird');
    expect(await desktop.inCall()).toBe('early-bird');
    await desktop.leave();
  });

  describe('whose host signs in elsewhere', () => {
    const sentOn: Record<string, string> = {};
    let site: OtherSite;
    let signIn: Page;
    let room: string;

    beforeAll(async () => {
      site = await startOtherSite(sentOn);
    });
    afterAll(() => site.stop());
    beforeEach(async ({ task }) => {
      room = `signed-in-${task.id.replace(/\D/g, '')}`;
      await desktop.join(room);
      await desktop.status.getByText(/The host has not arrived/).waitFor();
      const opened = desktop.app.waitForEvent('window');
      // As the page does under Electron.
      const page = await desktop.meeting();
      await page.evaluate((url) => void window.open(url, '_blank'), `${site.url}/sign-in`);
      signIn = await opened;
      await signIn.waitForURL(`${site.url}/sign-in`);
    });

    it.each(['by a link', 'by a redirect'])('is let in when that comes back %s with a token', async (how) => {
      const gone = new Promise<void>((resolve) => signIn.once('close', () => resolve()));
      const back = `${deployment.url}/${room}?jwt=${issuer.token(room)}`;
      sentOn['/done'] = back;
      await signIn.evaluate(
        (url) => {
          location.href = url;
        },
        how === 'by a link' ? back : `${site.url}/done`,
      );
      await gone;
      expect(await desktop.inCall()).toBe(room);
      await desktop.microphoneMuted(false);
      await deployment.waitFor(room, ([person]) => person?.audioMuted === false);
      // The token went into the hash of the meeting's own view, never to a web server.
      expect(deployment.requests.filter(({ path }) => path.includes('jwt'))).toEqual([]);
      await desktop.leave();
    });

    it('waits on when that comes to another room, or without a token', async () => {
      for (const path of [`/${room}`, `/another?jwt=${issuer.token(room)}`]) {
        await signIn.evaluate((url) => {
          location.href = url;
        }, `${deployment.url}${path}`);
        await signIn.waitForURL(`${deployment.url}${path}`);
      }
      await desktop.status.getByText(/The host has not arrived/).waitFor();
      await desktop.button('Cancel').click();
      await desktop.ready();
      expect(signIn.isClosed()).toBe(true);
    });
  });

  it('with a password asks for it beside the page, and says when it was wrong', async () => {
    const ana = await moderatorOf('locked-door');
    ana.say({ type: 'lock', password: 's3cret' });
    await ana.hears('locked');
    await desktop.join('locked-door');
    await desktop.status.getByText('This room has a password.').waitFor();
    const password = desktop.shell.getByLabel('Room password');
    await expect.poll(() => password.evaluate((input) => input === document.activeElement)).toBe(true);
    await desktop.shell.keyboard.type('guess');
    await desktop.shell.keyboard.press('Enter');
    await desktop.status.getByText('That was not the room’s password.').waitFor();
    await desktop.shell.getByText('That was not it. Try again.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.shell.emulateMedia({ colorScheme });
      expect(await axeFindings(desktop.shell)).toEqual([]);
      await screenPicture(`room-password-${colorScheme}.png`);
    }
    // Whoever has put the window away does not see that they are asked: it comes back.
    await desktop.closeWindow();
    await expect.poll(() => desktop.windowShown()).toBe(false);
    await desktop.shell.evaluate(() =>
      (window as unknown as { parley: ParleyBridge }).parley.send('meeting/control', {
        what: 'enter-password',
        text: 'another guess',
      }),
    );
    await expect.poll(() => desktop.windowShown()).toBe(true);
    await password.fill('s3cret');
    await desktop.button('Enter room').click();
    expect(await desktop.inCall()).toBe('locked-door');
    await ana.hears('joined');
    await desktop.leave();
  });

  it('with a waiting room is entered once a moderator says so', async () => {
    const ana = await moderatorOf('waiting-hall');
    ana.say({ type: 'waiting-room', on: true });
    await ana.hears('waiting-room');
    await desktop.join('waiting-hall');
    await desktop.status.getByText(/^Waiting for a moderator to let you in/).waitFor();
    await (await desktop.meeting()).getByRole('button', { name: 'Ask to join' }).click();
    const { id, name } = await ana.hears('knocking');
    expect(name).toBe('Bea');
    ana.say({ type: 'answer-knocking', id, admit: true });
    expect(await desktop.inCall()).toBe('waiting-hall');
    await desktop.leave();
  });

  it('with a waiting room refuses in words', async () => {
    const ana = await moderatorOf('closed-club');
    ana.say({ type: 'waiting-room', on: true });
    await ana.hears('waiting-room');
    await desktop.join('closed-club');
    await (await desktop.meeting()).getByRole('button', { name: 'Ask to join' }).click();
    const { id } = await ana.hears('knocking');
    ana.say({ type: 'answer-knocking', id, admit: false });
    await desktop.alert.getByText('You were not let in.').waitFor();
    await desktop.button('Close').click();
    await desktop.ready();
  });
});
