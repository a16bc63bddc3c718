/** The colours: in one file, and legible in both themes. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RAISED, SURFACE } from '../../../shared/theme';

const RENDERER = new URL('../../../renderer/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, RENDERER), 'utf8');
const withoutComments = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '');

type Tokens = Readonly<Record<string, string>>;
function colours(css: string): Tokens {
  const found = css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi);
  return Object.fromEntries([...found].map(([, name = '', hex = '']) => [name, hex]));
}

const [light = '', dark = ''] = withoutComments(read('tokens.css')).split(
  '@media (prefers-color-scheme: dark)',
);
const themes = { light: colours(light), dark: colours(dark) };

type Colour = readonly [number, number, number];
function colourOf(theme: Tokens, name: string): Colour {
  const hex = theme[name];
  if (hex === undefined) throw new Error(`There is no token --${name}.`);
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

/** One colour laid over another. */
const over = (top: Colour, share: number, below: Colour): Colour => [
  top[0] * share + below[0] * (1 - share),
  top[1] * share + below[1] * (1 - share),
  top[2] * share + below[2] * (1 - share),
];

/** WCAG 2.2, relative luminance. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

/** The rules of the style sheet that put a colour of text on a tint of a token. */
const tinted = [...withoutComments(read('shell.css')).matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(
  ([, selector = '', rule = '']) => {
    const text = /(?:^|[\s;])color:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    const tint = /background:\s*color-mix\(in srgb, var\(--([\w-]+)\) (\d+)%, transparent\)/.exec(rule);
    if (text === undefined || tint === null) return [];
    return [{ selector: selector.trim(), text, tint: tint[1] ?? '', share: Number(tint[2]) / 100 }];
  },
);

/** Enough for text of any size (WCAG 2.2, 1.4.3). */
const LEGIBLE = 4.5;

it("the window's first colour is the page's", () => {
  expect(SURFACE).toEqual({ light: themes.light['surface'], dark: themes.dark['surface'] });
  expect(RAISED).toEqual({ light: themes.light['raised'], dark: themes.dark['raised'] });
});

it('both themes have the same tokens', () => {
  expect(Object.keys(themes.dark).sort()).toEqual(Object.keys(themes.light).sort());
});

it('no file but the tokens has a colour in it, and every token that is used exists', () => {
  const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' });
  const others = files.filter((file) => /\.(css|tsx?|html)$/.test(file) && file !== 'tokens.css');
  expect(others).toContain('shell.css');
  const tokens = new Set([...read('tokens.css').matchAll(/--([\w-]+):/g)].map(([, name]) => name));
  for (const file of others) {
    const source = withoutComments(read(file));
    expect([file, /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|lab|lch)a?\(/i.exec(source)?.[0]]).toEqual([
      file,
      undefined,
    ]);
    for (const [, name] of source.matchAll(/var\(--([\w-]+)/g))
      expect([file, name, tokens.has(name)]).toEqual([file, name, true]);
  }
});

describe.each(Object.entries(themes))('in the %s theme', (_name, theme) => {
  const texts = ['text', 'text-muted', 'live', 'off', 'warn', 'danger'];
  it.each(texts.flatMap((text) => ['surface', 'raised'].map((ground) => [text, ground] as const)))(
    '%s can be read on %s',
    (text, ground) => {
      expect(contrast(colourOf(theme, text), colourOf(theme, ground))).toBeGreaterThanOrEqual(LEGIBLE);
    },
  );

  it('the words on the primary button can be read', () => {
    expect(contrast(colourOf(theme, 'on-primary'), colourOf(theme, 'primary'))).toBeGreaterThanOrEqual(
      LEGIBLE,
    );
  });

  it('words on a tint can be read', () => {
    expect(tinted.map(({ tint }) => tint)).toEqual(expect.arrayContaining(['live', 'warn']));
    for (const { selector, text, tint, share } of tinted) {
      for (const ground of ['surface', 'raised']) {
        const below = over(colourOf(theme, tint), share, colourOf(theme, ground));
        const found = contrast(colourOf(theme, text), below);
        expect([selector, ground, found >= LEGIBLE, found]).toEqual([selector, ground, true, found]);
      }
    }
  });

  it('the focus ring can be seen (WCAG 2.2, 1.4.11)', () => {
    for (const ground of ['surface', 'raised']) {
      expect(contrast(colourOf(theme, 'accent'), colourOf(theme, ground))).toBeGreaterThanOrEqual(3);
    }
  });
});
