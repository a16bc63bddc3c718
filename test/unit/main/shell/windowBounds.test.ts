import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isReachable,
  MIN_SIZE,
  parseWindowPlace,
  readWindowPlace,
  writeWindowPlace,
} from '../../../../main/shell/windowBounds';

const bounds = { x: -10, y: 20, width: 1080, height: 720 };

describe('a remembered place', () => {
  it('is taken as it was', () => {
    expect(parseWindowPlace({ bounds, maximized: true })).toEqual({ bounds, maximized: true });
    expect(parseWindowPlace({ bounds })).toEqual({ bounds, maximized: false });
    expect(parseWindowPlace({ bounds: { ...bounds, z: 1 }, maximized: 1 })).toEqual({
      bounds,
      maximized: false,
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'bounds'],
    ['no bounds', { maximized: true }],
    ['null bounds', { bounds: null }],
    ['half a pixel', { bounds: { ...bounds, x: 0.5 } }],
    ['a text for a number', { bounds: { ...bounds, width: '1080' } }],
    ['no height', { bounds: { x: 0, y: 0, width: 1080 } }],
    ['a place beyond all screens', { bounds: { ...bounds, x: 1e9 } }],
    ['too narrow a window', { bounds: { ...bounds, width: MIN_SIZE.width - 1 } }],
    ['too low a window', { bounds: { ...bounds, height: MIN_SIZE.height - 1 } }],
  ])('is none when it has %s', (_what, json) => {
    expect(parseWindowPlace(json)).toBeUndefined();
  });
});

describe('the file of the place', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-window-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read back as it was written, and nothing else is left', async () => {
    expect(readWindowPlace(folder)).toBeUndefined();
    writeWindowPlace(folder, { bounds, maximized: false });
    writeWindowPlace(folder, { bounds, maximized: true });
    expect(readWindowPlace(folder)).toEqual({ bounds, maximized: true });
    expect(await readdir(folder)).toEqual(['window.json']);
  });

  it('says nothing when it is broken', async () => {
    await writeFile(join(folder, 'window.json'), '{"bounds":');
    expect(readWindowPlace(folder)).toBeUndefined();
  });
});

describe('a window can be reached', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const right = { x: 1920, y: 0, width: 1280, height: 1024 };

  it.each<[string, object, boolean]>([
    ['in the middle', { x: 400, y: 200 }, true],
    ['on the second screen', { x: 2000, y: 100 }, true],
    ['with 64 px to grab at the left', { x: 64 - 1080, y: 0 }, true],
    ['with 63 px at the left', { x: 63 - 1080, y: 0 }, false],
    ['with 64 px to grab at the right', { x: 3200 - 64, y: 0 }, true],
    ['with 63 px at the right', { x: 3200 - 63, y: 0 }, false],
    ['with its title bar above the screen', { x: 0, y: -1 }, false],
    ['with its title bar at the very bottom', { x: 0, y: 1080 - 64 }, true],
    ['with its title bar below the screen', { x: 0, y: 1080 - 63 }, false],
  ])('%s', (_where, place, reachable) => {
    expect(isReachable({ ...bounds, ...place }, [screen, right])).toBe(reachable);
  });

  it('not on a screen that was unplugged', () => {
    expect(isReachable({ ...bounds, x: 2000 }, [screen])).toBe(false);
    expect(isReachable(bounds, [])).toBe(false);
  });
});
