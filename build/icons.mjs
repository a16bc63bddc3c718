// @ts-check
/** `npm run icons`: draws build/icon.svg in every form that packages need. What it writes is committed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import png2icons from 'png2icons';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Widths that desktops look for (freedesktop.org, Icon Theme Specification), in px. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/** The widest of an icns, from which the narrower ones are made, in px. */
const WIDEST = 1024;

/**
 * @returns {Map<string, Buffer>} the pictures, by file below `build/`
 */
export function drawIcons() {
  const svg = readFileSync(path.join(FOLDER, 'icon.svg'), 'utf8');
  /** @param {number} width in px */
  const png = (width) => new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render().asPng();
  const widest = png(WIDEST);
  const icns = png2icons.createICNS(widest, png2icons.BICUBIC2, 0);
  const ico = png2icons.createICO(widest, png2icons.BICUBIC2, 0, true);
  if (!icns || !ico) throw new Error('The icons could not be made.');
  return new Map([
    ...LINUX_SIZES.map((size) => /** @type {const} */ ([`icons/${size}x${size}.png`, png(size)])),
    ['icon.icns', icns],
    ['icon.ico', ico],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(path.join(FOLDER, 'icons'), { recursive: true });
  for (const [file, bytes] of drawIcons()) writeFileSync(path.join(FOLDER, file), bytes);
}
