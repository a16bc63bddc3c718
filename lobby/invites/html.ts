/** A piece of HTML that is whole and safe to be put into a page. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * HTML from a template. What is filled in is escaped, in text as in quoted attributes, unless it is {@link Markup}
 * itself; `undefined` and `false` leave nothing.
 */
export function html(
  pieces: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[] | undefined | false)[]
): Markup {
  const filled = pieces.map((piece, place) => {
    const value = values[place];
    if (value === undefined || value === false) return piece;
    if (typeof value === 'string') return piece + escaped(value);
    return piece + (value instanceof Markup ? [value] : value).map(({ text }) => text).join('');
  });
  return new Markup(filled.join(''));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
