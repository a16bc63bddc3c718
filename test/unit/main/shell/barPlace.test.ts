import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BAR_SIZE,
  openingPlace,
  readBarPlace,
  snapped,
  writeBarPlace,
} from '../../../../main/shell/barPlace';

const left = { x: 0, y: 24, width: 1280, height: 776 };
const right = { x: 1280, y: 0, width: 1920, height: 1080 };
const END = { x: 1280 - BAR_SIZE.width, y: 800 - BAR_SIZE.height };

describe('a bar that is dragged', () => {
  it.each([
    ['stays where there is no edge', { x: 400.4, y: 300.5 }, { x: 400, y: 301 }],
    ['is drawn to the left', { x: 15, y: 300 }, { x: 0, y: 300 }],
    ['is not drawn from afar', { x: 16, y: 300 }, { x: 16, y: 300 }],
    ['is drawn to the top, beneath a panel', { x: 400, y: 30 }, { x: 400, y: 24 }],
    ['is drawn into the corner', { x: END.x - 9, y: END.y - 15 }, END],
    ['does not leave the screen', { x: -900, y: 9000 }, { x: 0, y: END.y }],
  ])('%s', (_what, to, place) => {
    expect(snapped(to, left)).toEqual(place);
  });

  it('keeps its head on a screen that is smaller than it', () => {
    expect(snapped({ x: 50, y: 10 }, { x: 10, y: 10, width: 100, height: 30 })).toEqual({ x: 10, y: 10 });
  });
});

describe('a bar that opens', () => {
  it('is where it was, on any screen', () => {
    const place = { x: 2000, y: 500, onTop: false };
    expect(openingPlace(place, [left, right])).toEqual(place);
  });

  it('is in the lower right corner at first, on top', () => {
    expect(openingPlace(undefined, [left, right])).toEqual({ x: END.x - 16, y: END.y - 16, onTop: true });
  });

  it('is there too when its screen is gone, as it was otherwise', () => {
    expect(openingPlace({ x: 2000, y: 500, onTop: false }, [left])).toEqual({
      x: END.x - 16,
      y: END.y - 16,
      onTop: false,
    });
  });
});

describe('the file of its place', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-bar-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read back as it was written', () => {
    expect(readBarPlace(folder)).toBeUndefined();
    writeBarPlace(folder, { x: -5, y: 7, onTop: true });
    expect(readBarPlace(folder)).toEqual({ x: -5, y: 7, onTop: true });
  });

  it.each(['', 'null', '{"x":1,"y":2}', '{"x":1.5,"y":2,"onTop":true}', '{"x":"1","y":2,"onTop":true}'])(
    'says nothing when it is %j',
    async (text) => {
      await writeFile(join(folder, 'compactBar.json'), text);
      expect(readBarPlace(folder)).toBeUndefined();
    },
  );
});
