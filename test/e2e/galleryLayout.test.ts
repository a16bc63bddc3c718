/** Whether every word of every screen has room, in windows of every width: in English, and in German with its long words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { EVERY_SCREEN } from '../support/gallery/everyScreen';
import { Gallery } from '../support/gallery/gallery';
import { BOTH_FILES_BROKEN } from '../support/gallery/idleScreens';
import { layoutFindings, type Look } from '../support/gallery/layout';

const WIDTHS = [400, 560, 840, 1080];

describe('every screen has room for its words', () => {
  let desktop: DesktopApp;
  let gallery: Gallery;

  beforeAll(async () => {
    desktop = await startDesktop();
    gallery = await Gallery.of(desktop);
  });
  afterAll(() => desktop.close());

  describe.each<Look>([
    { language: 'en', widths: WIDTHS, scale: 1 },
    { language: 'de', widths: WIDTHS, scale: 1 },
  ])('in $language, $scale times as big', (look) => {
    it.each(EVERY_SCREEN)('%s', async (_where, screens) => {
      expect(await layoutFindings(gallery, screens, look)).toEqual([]);
    });
  });

  it('of two files that could not be read, each is told by whose it is', async () => {
    await gallery.show(BOTH_FILES_BROKEN);
    const told = await desktop.shell.getByRole('alert').allTextContents();
    expect(told).toEqual([
      expect.stringMatching(/^Some of your organisation’s settings .*\/etc\/xdg\/parley\/config\.json/),
      expect.stringMatching(/^Your settings file .*settings\.json\.unreadable/),
    ]);
  });
});
