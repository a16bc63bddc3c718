/** The languages that Parley speaks: the system's, or the one that is chosen, which counts at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { pickFromMenu } from '../support/nativeMenu';

/** Words of the menu that the system draws. */
const menuWords = ({ app }: DesktopApp) =>
  app.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu();
    const inside = menu?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    return [...(menu?.items ?? []), ...inside].map(({ label }) => label);
  });

const langOf = ({ shell }: DesktopApp) => shell.evaluate(() => document.documentElement.lang);

/** Texts of buttons and headings that are cut, or that stick out of the window. */
const cutWords = ({ shell }: DesktopApp) =>
  shell.evaluate(() => {
    const isCut = (element: Element) =>
      element.scrollWidth > element.clientWidth + 1 ||
      element.getBoundingClientRect().right > document.documentElement.clientWidth;
    return [...document.querySelectorAll('button, h1, h2, label, select')]
      .filter((element) => element.checkVisibility() && isCut(element))
      .map((element) => element.textContent);
  });

describe('the language', () => {
  let desktop: DesktopApp;
  let free: JitsiDeployment;

  beforeAll(async () => {
    free = await startDeployment();
    const env = { PARLEY_LOBBY_URL: 'https://lobby.example.com', PARLEY_FREE_URL: free.url };
    desktop = await startDesktop({ env });
  });
  afterAll(async () => {
    await desktop.close();
    await free.stop();
  });

  const choose = (field: string, language: string) =>
    desktop.shell.getByRole('combobox', { name: field, exact: true }).selectOption({ label: language });

  it('is English on an English system', async () => {
    expect(await langOf(desktop)).toBe('en');
    expect(await menuWords(desktop)).toEqual(expect.arrayContaining(['Edit', 'Select all', 'Quit Parley']));
    const fetched = await desktop.shell.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    expect(fetched.filter((name) => /assets\/(es|de|fr)-/.test(name))).toEqual([]);
  });

  it.each([
    ['Language', 'Deutsch', 'de', ['Sprachanruf beginnen', 'Einstellungen', 'Lobby-Adresse'], 'Bearbeiten'],
    ['Sprache', 'Français', 'fr', ['Lancer un appel vocal', 'Paramètres', 'Adresse du lobby'], 'Édition'],
    ['Langue', 'Español', 'es', ['Iniciar llamada de voz', 'Ajustes', 'Dirección del lobby'], 'Editar'],
  ])('changes at once, everywhere: %s to %s', async (field, language, tag, words, menu) => {
    if (tag === 'de') await desktop.button('Settings').click();
    await choose(field, language);
    const [start = '', settings = '', address = ''] = words;
    await desktop.button(start).waitFor();
    await desktop.button(settings).waitFor();
    await desktop.field(address).waitFor();
    expect(await langOf(desktop)).toBe(tag);
    expect(await menuWords(desktop)).toContain(menu);
    expect(await desktop.status.textContent()).not.toContain('Ready');
    expect(await axeFindings(desktop.shell)).toEqual([]);
  });

  it('has room for German in a narrow window, and speaks it in the compact bar', async () => {
    await choose('Idioma', 'Deutsch');
    await desktop.button('Einstellungen').waitFor();
    await desktop.shell.setViewportSize({ width: 560, height: 700 });
    expect(await cutWords(desktop)).toEqual([]);
    await desktop.button('Fertig').click();
    expect(await cutWords(desktop)).toEqual([]);
    await desktop.shell.getByRole('switch', { name: 'Freies öffentliches Jitsi', exact: true }).click();
    await desktop.button('Freies Jitsi nutzen').click();
    await desktop.button('Sprachanruf beginnen').click();
    await desktop.status.getByText(/Im Anruf/).waitFor();
    expect(free.requests.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^\/[\w-]+\?lang=de$/),
    );
    expect(await cutWords(desktop)).toEqual([]);
    expect(await axeFindings(desktop.shell)).toEqual([]);
    const more = () => desktop.button('Mehr').click();
    await pickFromMenu(desktop, more, 'Kachelansicht');
    await desktop.closeWindow();
    const bar = await desktop.bar();
    await bar.getByRole('button', { name: 'Mikrofon stummschalten', exact: true }).waitFor();
    await bar.getByText('noch niemand sonst').waitFor();
    expect(await bar.evaluate(() => document.documentElement.lang)).toBe('de');
    await desktop.app.evaluate(({ app }) => app.emit('activate'));
    await desktop.button('Anruf verlassen').click();
    await desktop.status.getByText('Bereit').waitFor();
    await desktop.shell.getByRole('switch').click();
  });

  it('is there from the first paint on, and in the words of what went wrong', async () => {
    await desktop.app.close();
    desktop = await startDesktop({
      env: { PARLEY_LOBBY_URL: 'https://127.0.0.1:1' },
      profile: desktop.profile,
    });
    expect(await langOf(desktop)).toBe('de');
    await desktop.button('Sprachanruf beginnen').click();
    await desktop.alert.getByText(/Die Lobby (antwortet nicht|verlangt ein Zugangstoken)\./).waitFor();
    await desktop.button('Einstellungen').click();
    await choose('Sprache', 'Wie das System');
    await desktop.button('Start voice call').waitFor();
  });
});

it('follows the system', async () => {
  const desktop = await startDesktop({ env: { LANG: 'fr_FR.UTF-8', LANGUAGE: 'pt:fr' } });
  expect(await langOf(desktop)).toBe('fr');
  await desktop.button('Lancer un appel vocal').waitFor();
  expect(await menuWords(desktop)).toContain('Quitter Parley');
  await desktop.close();
});
