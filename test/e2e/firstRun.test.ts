/** The first minute: one screen asks for what is missing, by the keyboard alone if need be, and a call is one key away. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type Keyring, startKeyring } from '../support/keyring';
import { screenPicture } from '../support/screenPicture';
import { filesWithSecrets } from '../support/secretSearch';
import { type Servers, startServers } from '../support/servers';

describe('the first run', () => {
  let keyring: Keyring;
  let servers: Servers;
  let token: string;
  let desktop: DesktopApp;
  const profiles: string[] = [];

  beforeAll(async () => {
    [keyring, servers] = await Promise.all([startKeyring(), startServers()]);
    token = await servers.lobby.addToken('ana');
    desktop = await startDesktop({ env: keyring.env, profile: await newProfile() });
  });
  afterAll(async () => {
    await desktop.close();
    await servers.stop();
    await keyring.stop();
    for (const profile of profiles) await rm(profile, { recursive: true, force: true });
  });

  async function newProfile(): Promise<string> {
    const profile = await mkdtemp(join(tmpdir(), 'parley-first-run-'));
    profiles.push(profile);
    return profile;
  }

  const heading = () => desktop.shell.getByRole('heading', { name: 'Before your first call' });
  const focused = (name: string) =>
    desktop.shell
      .locator(':focus')
      .and(desktop.shell.getByLabel(name, { exact: true }))
      .waitFor();
  const startAgain = async (env: Record<string, string> = {}, profile = desktop.profile) => {
    await desktop.app.close();
    desktop = await startDesktop({ env: { ...keyring.env, ...env }, profile });
  };

  it('looks as it should, in both themes, with free Jitsi and without', async () => {
    await heading().waitFor();
    await focused('Your name');
    for (const colorScheme of ['dark', 'light'] as const) {
      await desktop.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await desktop.shell.getByRole('checkbox', { name: 'Use free public Jitsi' }).uncheck();
      expect(await axeFindings(desktop.shell)).toEqual([]);
      await desktop.shell.getByRole('checkbox', { name: 'Use free public Jitsi' }).check();
      await desktop.shell.getByText('Anyone who knows the room name can join.').waitFor();
      expect(await axeFindings(desktop.shell)).toEqual([]);
      await screenPicture(`first-run-free-${colorScheme}.png`);
    }
    await desktop.shell.getByRole('checkbox', { name: 'Use free public Jitsi' }).uncheck();
  });

  it('tests the microphone, and looks for devices no sooner', async () => {
    const microphone = desktop.shell.getByRole('combobox', { name: 'Microphone' });
    expect(await microphone.count()).toBe(0);
    await desktop.button('Test microphone').click();
    const meter = desktop.shell.getByRole('meter', { name: 'Loudness' });
    await expect
      .poll(async () => Number(await meter.getAttribute('aria-valuenow')), { interval: 30 })
      .toBeGreaterThan(20);
    await microphone.selectOption('Fake Audio Input 2');
    // The other one is opened.
    await meter.waitFor();
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await screenPicture('first-run-microphone.png');
    await desktop.button('Stop microphone test').click();
    await meter.waitFor({ state: 'detached' });
  });

  it('makes way for the settings, whose fields stand there once', async () => {
    await desktop.button('Settings').click();
    for (const name of ['Lobby address', 'Display name', 'Access token']) {
      await desktop.field(name).waitFor();
      expect(await desktop.shell.getByRole('textbox', { name }).count()).toBe(1);
    }
    expect(await desktop.shell.getByRole('button', { name: 'Save' }).count()).toBe(1);
    await desktop.button('Done').click();
    await heading().waitFor();
    expect(await desktop.shell.getByRole('textbox', { name: 'Display name' }).count()).toBe(0);
    expect(await desktop.shell.getByRole('switch').count()).toBe(1);
  });

  it('has what was typed after a restart, but for what may not be written', async () => {
    await desktop.field('Your name').fill('Ana');
    await desktop.field('Address of your lobby').fill(`${servers.lobby.url}/join/an-invite`);
    await desktop.field('Address of your lobby').press('Tab');
    const file = () => readFile(join(desktop.profile, 'settings.json'), 'utf8');
    await expect.poll(file).toContain(servers.lobby.url);
    await desktop.field('Access token').fill(token);
    await startAgain();
    expect(await file()).not.toContain('an-invite');
    expect(await filesWithSecrets(desktop.profile, [token])).toEqual([]);
    await heading().waitFor();
    expect(await desktop.field('Your name').inputValue()).toBe('Ana');
    expect(await desktop.field('Address of your lobby').inputValue()).toBe(servers.lobby.url);
    // The lobby has said what it wants before anybody asked.
    await desktop.field('Access token').waitFor();
  });

  it('can be put off, also over a restart, and is found again', async () => {
    await desktop.button('Not now').click();
    await desktop.shell.getByRole('heading', { name: 'Where do your calls go?' }).waitFor();
    await startAgain();
    await desktop.button('Set up Parley').click();
    await heading().waitFor();
    expect(await desktop.field('Your name').inputValue()).toBe('Ana');
    await desktop.button('Not now').click();
    await desktop.button('Set up Parley').waitFor();
  });

  it('leads into a call by the keyboard alone, with few keys', async () => {
    await startAgain({}, await newProfile());
    const { keyboard } = desktop.shell;
    let presses = 0;
    const press = async (key: string) => {
      presses += 1;
      await keyboard.press(key);
    };
    const type = async (words: string) => {
      presses += words.length;
      await keyboard.type(words);
    };
    const paste = async (words: string) => {
      presses += 2;
      await keyboard.insertText(words);
    };
    await focused('Your name');
    await type('Ana');
    await press('Enter');
    await desktop.alert.getByText('Enter the address of your lobby, or use free public Jitsi.').waitFor();
    await focused('Address of your lobby');
    await type(servers.lobby.url);
    await press('Enter');
    await focused('Access token');
    expect(await desktop.alert.count()).toBe(0);
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await screenPicture('first-run-token.png');
    await paste('parley_wrong');
    await press('Enter');
    await desktop.alert.getByText('does not know this token').waitFor();
    await focused('Access token');
    await press('Control+A');
    await paste(token);
    await press('Enter');
    await focused('Start voice call');
    await press('Enter');
    const room = await desktop.inCall();
    await servers.deployment.waitFor(room, ([person]) => person?.displayName === 'Ana');
    // 3 for the name, at most 22 for the address; beyond those a handful, with a token that had to be corrected.
    expect(presses).toBeLessThanOrEqual(3 + 22 + 11);
    expect(await keyring.lookup('Parley', servers.lobby.url)).toBe(token);
    expect(await filesWithSecrets(desktop.profile, [token])).toEqual([]);
    await desktop.leave();
    await startAgain();
    await desktop.button('Voice call').waitFor();
    expect(await heading().count()).toBe(0);
  });

  it('takes free public Jitsi by the keyboard alone, and says what that means', async () => {
    await startAgain({}, await newProfile());
    const { keyboard } = desktop.shell;
    await focused('Your name');
    for (const key of ['Tab', 'Tab', 'Space']) await keyboard.press(key);
    await desktop.shell.getByText('Anyone who knows the room name can join.').waitFor();
    await keyboard.press('Enter');
    await focused('Start voice call');
    await desktop.freeSwitch.and(desktop.shell.locator('[aria-checked="true"]')).waitFor();
    await desktop.button('Voice call').waitFor();
  });

  it('asks nothing when a lobby, a name and a token are there', async () => {
    const preset = { PARLEY_LOBBY_URL: servers.lobby.url, PARLEY_DISPLAY_NAME: 'Ana' };
    await startAgain(preset, await newProfile());
    await desktop.button('Voice call').waitFor();
    expect(await heading().count()).toBe(0);
  });

  it('asks of what is set beforehand only what is missing', async () => {
    const profile = await newProfile();
    await writeFile(join(profile, 'settings.json'), JSON.stringify({ language: 'de', theme: 'dark' }));
    const empty = await startKeyring();
    await startAgain({ ...empty.env, PARLEY_LOBBY_URL: servers.lobby.url }, profile);
    const field = (name: string) => desktop.field(name);
    await field('Dein Name').waitFor();
    await field('Zugangstoken').waitFor();
    expect(await field('Adresse deiner Lobby').count()).toBe(0);
    expect(await desktop.shell.getByRole('checkbox').count()).toBe(0);
    await desktop.shell.setViewportSize({ width: 400, height: 640 });
    const stage = desktop.shell.locator('.stage');
    expect(await stage.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await axeFindings(desktop.shell)).toEqual([]);
    await desktop.shell.screenshot({ path: 'out/pictures/first-run-narrow-de.png' });
    await field('Zugangstoken').fill(token);
    await field('Zugangstoken').press('Enter');
    await focused('Sprachanruf beginnen');
    expect(await empty.lookup('Parley', servers.lobby.url)).toBe(token);
    await empty.stop();
  });
});
