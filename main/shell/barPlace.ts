/** Where the compact bar was left, and where it may go. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Point, Rectangle } from 'electron';
import { readJsonNow } from '../settings/smallFile';
import { isReachable } from './windowBounds';

/** Size of the bar, in DIPs. */
export const BAR_SIZE = { width: 280, height: 44 } as const;

/** An edge of the screen that is nearer than this draws the bar to it, in DIPs. */
const SNAP = 16;
/** From the screen's corner, where the bar appears first, in DIPs. */
const MARGIN = 16;

export interface BarPlace extends Point {
  onTop: boolean;
}

const FILE = 'compactBar.json';

/** The place a profile remembers; `undefined` when there is none that can be used. */
export function readBarPlace(directory: string): BarPlace | undefined {
  const json = readJsonNow(join(directory, FILE));
  if (typeof json !== 'object' || json === null) return undefined;
  const { x, y, onTop } = json as Partial<Record<string, unknown>>;
  if (!Number.isInteger(x) || !Number.isInteger(y) || typeof onTop !== 'boolean') return undefined;
  return { x: x as number, y: y as number, onTop };
}

/**
 * Writes the place at once; a stop midway leaves the old file.
 *
 * @throws the system's error when the file cannot be written.
 */
export function writeBarPlace(directory: string, place: BarPlace): void {
  const file = join(directory, FILE);
  writeFileSync(`${file}.tmp`, JSON.stringify(place));
  renameSync(`${file}.tmp`, file);
}

/** Where the bar opens: where it was, if that is still on a screen, else in the first screen's lower right corner. */
export function openingPlace(remembered: BarPlace | undefined, workAreas: readonly Rectangle[]): BarPlace {
  if (remembered !== undefined && isReachable({ ...BAR_SIZE, ...remembered }, workAreas)) return remembered;
  const [area = { x: 0, y: 0, width: 0, height: 0 }] = workAreas;
  return {
    x: Math.max(area.x, area.x + area.width - BAR_SIZE.width - MARGIN),
    y: Math.max(area.y, area.y + area.height - BAR_SIZE.height - MARGIN),
    onTop: remembered?.onTop ?? true,
  };
}

/** A place where the bar was dragged to, drawn to the edges of its screen that are near and kept within it. */
export function snapped(to: Point, area: Rectangle): Point {
  const along = (value: number, start: number, length: number, size: number) => {
    const end = start + length - size;
    if (value < start + SNAP) return start;
    return value > end - SNAP ? Math.max(start, end) : Math.round(value);
  };
  return {
    x: along(to.x, area.x, area.width, BAR_SIZE.width),
    y: along(to.y, area.y, area.height, BAR_SIZE.height),
  };
}
