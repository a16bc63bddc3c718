/**
 * Where the window was. Read before anything else, on the way to the first paint: so in a file of its own, and without
 * the schema library.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import { readJsonNow } from '../settings/smallFile';

export interface WindowPlace {
  bounds: Rectangle;
  maximized: boolean;
}

/** Smallest window, in DIPs: the toolbar's groups still fit. */
export const MIN_SIZE = { width: 400, height: 300 } as const;

const FILE = 'window.json';

/**
 * Writes the place at once, since the app may end right after; a stop midway leaves the old file.
 *
 * @throws the system's error when the file cannot be written.
 */
export function writeWindowPlace(directory: string, place: WindowPlace): void {
  const file = join(directory, FILE);
  writeFileSync(`${file}.tmp`, JSON.stringify(place));
  renameSync(`${file}.tmp`, file);
}

/** The place a profile remembers; `undefined` when there is none that can be used. */
export function readWindowPlace(directory: string): WindowPlace | undefined {
  return parseWindowPlace(readJsonNow(join(directory, FILE)));
}

/** A remembered place, if it is one: whole numbers of a sane size. */
export function parseWindowPlace(json: unknown): WindowPlace | undefined {
  if (typeof json !== 'object' || json === null || !('bounds' in json)) return undefined;
  const { bounds } = json;
  if (typeof bounds !== 'object' || bounds === null) return undefined;
  const { x, y, width, height } = bounds as Record<string, unknown>;
  if (![x, y, width, height].every(isCoordinate)) return undefined;
  const rectangle = { x, y, width, height } as Rectangle;
  if (rectangle.width < MIN_SIZE.width || rectangle.height < MIN_SIZE.height) return undefined;
  return { bounds: rectangle, maximized: 'maximized' in json && json.maximized === true };
}

const isCoordinate = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) <= 100_000;

/** Whether enough of a window to grab would show on one of the screens. */
export function isReachable({ x, y, width }: Rectangle, workAreas: readonly Rectangle[]): boolean {
  const GRAB = 64;
  return workAreas.some(
    (area) =>
      x + width - GRAB >= area.x &&
      x + GRAB <= area.x + area.width &&
      y >= area.y &&
      y + GRAB <= area.y + area.height,
  );
}
