import type { Language } from '../../../shared/languages';
import { cutWords } from '../cutWords';
import type { Gallery } from './gallery';
import type { Screen } from './screen';

/** How screens are shown to see whether their words have room. */
export interface Look {
  language: Language;
  /** Of the window, in CSS pixels. */
  widths: readonly number[];
  /** How big the text is, against the usual. */
  scale: number;
}

/** What does not fit on screens in a look, a line each. */
export async function layoutFindings(
  gallery: Gallery,
  screens: readonly Screen[],
  { language, widths, scale }: Look,
): Promise<string[]> {
  const found: Record<string, number[]> = {};
  await gallery.type(scale);
  for (const screen of screens) {
    await gallery.show(screen, language);
    for (const width of widths) {
      await gallery.size(width);
      for (const finding of await cutWords(gallery.page)) {
        (found[`${screen.name}: ${finding}`] ??= []).push(width);
      }
    }
  }
  return Object.entries(found).map(([finding, at]) => `${finding} at ${at.join(', ')} px`);
}
