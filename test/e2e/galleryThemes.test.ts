/**
 * Every screen in both themes: nothing for axe to find, and with `PARLEY_PICTURES=1` a picture of each in `out/pictures`, for
 * people to look at.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { EVERY_SCREEN } from '../support/gallery/everyScreen';
import { Gallery } from '../support/gallery/gallery';
import type { Screen } from '../support/gallery/screen';

describe('every screen is accessible in both themes', () => {
  let desktop: DesktopApp;
  let gallery: Gallery;

  beforeAll(async () => {
    desktop = await startDesktop();
    gallery = await Gallery.of(desktop);
    await gallery.size(1000, 640);
  });
  afterAll(() => desktop.close());

  /** Turns to a theme, and keeps a picture if pictures are wanted: that takes as long as all the rest. */
  async function look(screen: Screen, theme: 'light' | 'dark'): Promise<void> {
    await gallery.theme(theme);
    if (process.env['PARLEY_PICTURES'] !== undefined) await gallery.shoot(`${screen.name}-${theme}.png`);
  }

  async function findings(screens: readonly Screen[]): Promise<string[]> {
    const found: string[] = [];
    for (const screen of screens) {
      await gallery.show(screen);
      await gallery.settled(screen);
      await look(screen, 'light');
      found.push(...(await axeFindings(gallery.page)).map((finding) => `${screen.name}, light: ${finding}`));
      await look(screen, 'dark');
      // Nothing but colours differs from the light theme.
      const dark = await axeFindings(gallery.page, ['color-contrast']);
      found.push(...dark.map((finding) => `${screen.name}, dark: ${finding}`));
    }
    return found;
  }

  it.each(EVERY_SCREEN)('%s', async (_where, screens) => {
    expect(await findings(screens)).toEqual([]);
  });
});
