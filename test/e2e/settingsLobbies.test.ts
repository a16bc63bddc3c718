/** Several lobbies, and settings that count at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { pickFromMenu } from '../support/nativeMenu';
import { type Servers, startServers } from '../support/servers';

describe('the settings', () => {
  let keyring: Keyring;
  let work: Servers;
  let club: Servers;
  let desktop: DesktopApp;
  const hostOf = ({ lobby }: Servers) => new URL(lobby.url).host;

  beforeAll(async () => {
    [keyring, work, club] = await Promise.all([startKeyring(), startServers(), startServers()]);
    desktop = await startDesktop({ env: keyring.env });
  });
  afterAll(async () => {
    await desktop.close();
    await Promise.all([work.stop(), club.stop()]);
    await keyring.stop();
  });

  const switcher = ({ lobby }: Servers) => desktop.button(`Lobby: ${new URL(lobby.url).host}`);

  it('keep a token for each lobby, and list them', async () => {
    for (const [{ lobby }, user] of [
      [work, 'ana'],
      [club, 'anna'],
    ] as const) {
      await desktop.saveSettings({ lobby: lobby.url, name: 'Ana', token: await lobby.addToken(user) });
    }
    expect(await keyring.lookup('Parley', work.lobby.url)).toMatch(/^parley_/);
    expect(await keyring.lookup('Parley', club.lobby.url)).toMatch(/^parley_/);
    await switcher(club).waitFor();
    await desktop.button('Settings').click();
    const list = desktop.shell.getByRole('list', { name: 'Your lobbies' });
    await list.getByText('in use').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(2);
  });

  it('switch from the list; the form follows', async () => {
    await desktop.button(`Use ${hostOf(work)}`).click();
    await switcher(work).waitFor();
    await expect.poll(() => desktop.field('Lobby address').inputValue()).toBe(work.lobby.url);
    await desktop.button('Test connection').click();
    await desktop.shell.getByText(`${hostOf(work)} is a lobby, and knows you.`).waitFor();
    await desktop.button('Done').click();
  });

  it('switch by the toolbar’s menu; the next call goes through the lobby that was picked', async () => {
    await pickFromMenu(desktop, () => switcher(work).click(), hostOf(club));
    await switcher(club).waitFor();
    await desktop.button('Start voice call').click();
    const room = await desktop.inCall();
    await club.deployment.waitFor(room, (people) => people.length === 1);
    await desktop.leave();
    await pickFromMenu(desktop, () => switcher(club).click(), 'Add or change lobbies…');
    await desktop.field('Lobby address').waitFor();
  });

  it('do not lose what is typed and not saved', async () => {
    const other = desktop.button(`Use ${hostOf(work)}`);
    expect(await other.isEnabled()).toBe(true);
    await desktop.field('Display name').fill('Anna');
    await other.and(desktop.shell.locator(':disabled')).waitFor();
    expect(await other.getAttribute('title')).toBe('Save or discard your changes above first.');
    await desktop.button('Done').click();
    await desktop.alert.getByText('Lobby and name are changed and not saved.').waitFor();
    await desktop.button('Keep editing').click();
    expect(await desktop.field('Display name').inputValue()).toBe('Anna');
    // A link that comes meanwhile asks in the same place.
    await desktop.app.evaluate(({ app }) =>
      app.emit('second-instance', {}, ['parley', 'parley://call'], '', undefined),
    );
    await desktop.shell.getByRole('heading', { name: 'Start a call?' }).waitFor();
    await desktop.field('Display name').waitFor({ state: 'hidden' });
    await desktop.button('Cancel').click();
    expect(await desktop.field('Display name').inputValue()).toBe('Anna');
    await desktop.shell.keyboard.press('Escape');
    await desktop.button('Discard changes').click();
    await desktop.field('Display name').waitFor({ state: 'detached' });
    await desktop.button('Settings').click();
    expect(await desktop.field('Display name').inputValue()).toBe('Ana');
  });

  it('take a lobby off the list, and its token out of the keychain', async () => {
    await desktop.button(`Remove ${hostOf(work)}`).click();
    await desktop.button(`Use ${hostOf(work)}`).waitFor({ state: 'detached' });
    await expect.poll(() => keyring.lookup('Parley', work.lobby.url)).toBeUndefined();
    expect(await keyring.lookup('Parley', club.lobby.url)).toMatch(/^parley_/);
  });

  it('begin a call muted when told so, and say during a call what counts from the next', async () => {
    await desktop.shell.getByRole('checkbox', { name: 'Begin muted' }).check();
    await desktop.button('Done').click();
    await desktop.button('Start voice call').click();
    const room = await desktop.inCall();
    await desktop.microphoneMuted(true);
    await desktop.button('Settings').click();
    await desktop.shell.getByText('count from the next call').waitFor();
    await desktop.shell.getByRole('checkbox', { name: 'Begin muted' }).uncheck();
    await desktop.button('Done').click();
    await desktop.microphoneMuted(true);
    await desktop.button('Mute microphone').click();
    await club.deployment.waitFor(room, (people) => people.every(({ audioMuted }) => !audioMuted));
    await desktop.leave();
  });

  it('show the theme that was chosen, from the first paint on', async () => {
    // Playwright would have every page see a light theme.
    const isDark = () => desktop.shell.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await desktop.shell.emulateMedia({ colorScheme: null });
    await desktop.button('Settings').click();
    for (const theme of ['light', 'dark'] as const) {
      await desktop.shell.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
      await expect.poll(isDark).toBe(theme === 'dark');
      expect(await axeFindings(desktop.shell)).toEqual([]);
    }
    await desktop.app.close();
    desktop = await startDesktop({ env: keyring.env, profile: desktop.profile });
    expect(await desktop.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
    await desktop.shell.emulateMedia({ colorScheme: null });
    expect(await isDark()).toBe(true);
  });
});
