/**
 * Every screen in both themes: nothing for axe to find, and with `PARLEY_PICTURES=1` a picture of each in `out/pictures`, for
 * people to look at.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { cutWords } from '../support/cutWords';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { barScreens } from '../support/gallery/callScreens';
import { EVERY_SCREEN } from '../support/gallery/everyScreen';
import { Gallery } from '../support/gallery/gallery';
import type { Screen } from '../support/gallery/screen';

/** Whether somebody wants to look. */
const WANTED = process.env['PARLEY_PICTURES'] !== undefined;

describe('every screen is accessible in both themes', () => {
  let desktop: DesktopApp;
  let gallery: Gallery;

  beforeAll(async () => {
    desktop = await startDesktop();
    gallery = await Gallery.of(desktop);
    await gallery.size(1000, 640);
  });
  afterAll(() => desktop.close());

  /** Turns to a theme; keeps a picture if pictures are wanted, which takes as long as all the rest. */
  async function look(on: Gallery, { name }: Screen, theme: 'light' | 'dark'): Promise<void> {
    await on.theme(theme);
    if (WANTED) await on.shoot(`${name}-${theme}.png`);
  }

  async function findings(on: Gallery, screens: readonly Screen[]): Promise<string[]> {
    const found: string[] = [];
    for (const screen of screens) {
      await on.show(screen);
      await on.settled(screen);
      await look(on, screen, 'light');
      found.push(...(await axeFindings(on.page)).map((finding) => `${screen.name}, light: ${finding}`));
      await look(on, screen, 'dark');
      // Nothing but colours differs from the light theme.
      const dark = await axeFindings(on.page, ['color-contrast']);
      found.push(...dark.map((finding) => `${screen.name}, dark: ${finding}`));
    }
    return found;
  }

  it.each(EVERY_SCREEN)('%s', async (_where, screens) => {
    expect(await findings(gallery, screens)).toEqual([]);
  });

  it.runIf(WANTED)('pictures in a narrow window, and in German', { timeout: 300_000 }, async () => {
    await gallery.theme('light');
    for (const screen of EVERY_SCREEN.flatMap(([, screens]) => screens)) {
      await gallery.size(1000, 640);
      await gallery.show(screen, 'de');
      await gallery.shoot(`${screen.name}-german.png`);
      await gallery.show(screen);
      await gallery.size(400, 640);
      await gallery.shoot(`${screen.name}-narrow.png`);
    }
  });

  it('in the compact bar, where no word is cut either', async () => {
    await desktop.shell.goto(desktop.shell.url().replace('index.html', 'compactBar.html'));
    const bar = await Gallery.of(desktop);
    await bar.size(280, 44);
    expect(await findings(bar, barScreens)).toEqual([]);
    for (const screen of barScreens) {
      await bar.show(screen, 'de');
      expect(await cutWords(bar.page)).toEqual([]);
    }
  });
});
