/** Whether every word of every screen has room in the other languages, where the window is narrowest, and in big type. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { EVERY_SCREEN } from '../support/gallery/everyScreen';
import { Gallery } from '../support/gallery/gallery';
import { layoutFindings, type Look } from '../support/gallery/layout';

describe('every screen has room for other words', () => {
  let desktop: DesktopApp;
  let gallery: Gallery;

  beforeAll(async () => {
    desktop = await startDesktop();
    gallery = await Gallery.of(desktop);
  });
  afterAll(() => desktop.close());

  describe.each<Look>([
    { language: 'es', widths: [400], scale: 1 },
    { language: 'fr', widths: [400], scale: 1 },
    { language: 'en', widths: [840], scale: 1.5 },
  ])('in $language, $scale times as big', (look) => {
    it.each(EVERY_SCREEN)('%s', async (_where, screens) => {
      expect(await layoutFindings(gallery, screens, look)).toEqual([]);
    });
  });
});
