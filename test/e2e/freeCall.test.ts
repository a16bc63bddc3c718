import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { leaksToTheEnd } from '../support/secretSearch';

describe('a call by free public Jitsi', () => {
  let deployment: JitsiDeployment;
  let ana: DesktopApp;
  let bob: DesktopApp;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    const env = { PARLEY_FREE_URL: deployment.url };
    ana = await startDesktop({ env: { ...env, PARLEY_DISPLAY_NAME: 'Ana “A” & co' } });
    bob = await startDesktop({ env });
  });
  afterAll(async () => {
    await ana.close();
    await bob.close();
    await deployment.stop();
  });

  it('says once, plainly, what it is', async () => {
    await ana.freeSwitch.click();
    const notice = ana.alert;
    await notice.getByText('Anyone who knows the room name can join.').waitFor();
    for (const said of ['no signed links', 'some features may be missing', 'may have to log in']) {
      expect(await notice.innerText()).toContain(said);
    }
    await ana.button('Cancel').click();
    expect(await ana.freeSwitch.getAttribute('aria-checked')).toBe('false');

    await ana.freeSwitch.click();
    const file = join(ana.profile, 'settings.json');
    await mkdir(join(file, 'in-the-way'), { recursive: true });
    await ana.button('Use free Jitsi').click();
    const notWritten = ana.alert.getByText('The settings could not be written');
    await notWritten.waitFor();
    expect(await ana.freeSwitch.getAttribute('aria-checked')).toBe('false');
    await rm(file, { recursive: true });
    await ana.button('Use free Jitsi').click();
    await notWritten.waitFor({ state: 'detached' });
    const on = ana.freeSwitch.and(ana.shell.locator('[aria-checked="true"]'));
    await on.waitFor();
    await ana.freeSwitch.click();
    await ana.freeSwitch.click();
    await on.waitFor();
    expect(await ana.alert.count()).toBe(0);
  });

  it('has a random room, the name from the settings, and no token anywhere', async () => {
    await ana.button('Start voice call').click();
    const room = await ana.inCall();
    expect(room).toMatch(/^[a-z]+(-[a-z]+){3}$/);
    await deployment.waitFor(
      room,
      ([person]) => person?.displayName === 'Ana “A” & co' && !person.audioMuted,
    );
    await ana.microphoneMuted(false);
    for (const { headers, path } of deployment.requests) {
      expect(headers.authorization).toBeUndefined();
      expect(path).not.toMatch(/jwt|Ana/);
    }
  });

  it('is joined by the room’s address', async () => {
    const room = await ana.inCall();
    await ana.button('Copy invite link').click();
    const link = await ana.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(link).toBe(`${deployment.url}/${room}`);

    await bob.join(link);
    await bob.alert.getByText('No lobby is set.').waitFor();
    await bob.freeSwitch.click();
    // The next panel is open before the answer is there, and stays.
    await bob.button('Use free Jitsi').evaluate((accept: HTMLElement) => {
      accept.click();
      document.querySelector<HTMLElement>('[aria-label="Join call"]')?.click();
    });
    await bob.freeSwitch.and(bob.shell.locator('[aria-checked="true"]')).waitFor();
    await bob.field('Room name, meeting link or invite link').fill(link);
    await bob.button('Join').click();
    expect(await bob.inCall()).toBe(room);
    await deployment.waitFor(room, (people) => people.length === 2);
    await bob.leave();
    await ana.leave();
  });

  it('refuses a link to another deployment, and text that is no link', async () => {
    await bob.join('https://meet.example.com/some-room');
    await bob.alert.getByText('This room is not on free public Jitsi.').waitFor();
    await bob.button('Close').click();
    for (const [text, said] of [
      ['javascript:alert(1)', 'This is not a web link.'],
      ['http://meet.example.com/room', 'This link is not protected (http).'],
      ['two words', 'A room name has letters a to z, digits and hyphens only.'],
      ['', 'Paste a link or type a room name.'],
      [`https://meet.example.com/${'x'.repeat(9000)}`, 'This text is too long for a link.'],
    ] as const) {
      await bob.join(text);
      await bob.alert.getByText(said).waitFor();
      await bob.button('Cancel').click();
    }
    await bob.ready();
  });

  it('stays as it is where the settings cannot be written, and says so', async () => {
    const file = join(bob.profile, 'settings.json');
    const settings = await readFile(file, 'utf8');
    await rm(file);
    await mkdir(join(file, 'in-the-way'), { recursive: true });
    await bob.freeSwitch.click();
    await bob.alert.getByText('The settings could not be written').waitFor();
    expect(await bob.freeSwitch.getAttribute('aria-checked')).toBe('true');
    await bob.button('Got it').click();
    await bob.alert.waitFor({ state: 'detached' });
    await rm(file, { recursive: true });
    await writeFile(file, settings);
    await bob.freeSwitch.click();
    await bob.freeSwitch.and(bob.shell.locator('[aria-checked="false"]')).waitFor();
    expect(await bob.alert.count()).toBe(0);
  });

  it('stays on after a restart', async () => {
    const { profile } = ana;
    await ana.app.close();
    ana = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url }, profile });
    expect(await ana.freeSwitch.getAttribute('aria-checked')).toBe('true');
  });

  it('leaves no token behind', async () => {
    for (const desktop of [ana, bob]) expect(await leaksToTheEnd(desktop, ['jwt='])).toEqual([]);
  });
});
