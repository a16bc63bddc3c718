import type { Rectangle } from 'electron';
import { beforeEach, expect, it } from 'vitest';
import type { CallView } from '../../../../main/call/callView';
import { Stage } from '../../../../main/shell/stage';

/** The part of a view that is placed, and where that was. */
class PlacedView implements CallView {
  readonly places: (Rectangle | undefined)[] = [];
  place(bounds: Rectangle | undefined): void {
    this.places.push(bounds);
  }
  post(): void {
    throw new Error('A stage says nothing to the page.');
  }
  readMedia(): Promise<undefined> {
    throw new Error('A stage asks the page nothing.');
  }
  readReceived(): Promise<undefined> {
    throw new Error('A stage asks the page nothing.');
  }
  focus(): void {
    throw new Error('A stage moves no focus.');
  }
  close(): void {
    throw new Error('A stage closes nothing.');
  }
}

const size = { width: 1000, height: 600 };
let view: PlacedView | undefined;
let stage: Stage;
beforeEach(() => {
  view = new PlacedView();
  stage = new Stage(
    () => size,
    () => view,
  );
});
const lastPlace = () => view?.places.at(-1);

it.each<[string, Rectangle, Rectangle]>([
  ['the room it has', { x: 0, y: 40, width: 1000, height: 500 }, { x: 0, y: 40, width: 1000, height: 500 }],
  [
    'whole pixels',
    { x: 0.4, y: 39.6, width: 800.5, height: 500.2 },
    { x: 0, y: 40, width: 801, height: 500 },
  ],
  [
    'nothing beyond the window',
    { x: 100, y: 40, width: 9999, height: 9999 },
    { x: 100, y: 40, width: 900, height: 560 },
  ],
  ['no room outside', { x: 2000, y: 2000, width: 10, height: 10 }, { x: 1000, y: 600, width: 0, height: 0 }],
])('a view takes %s', (_what, asked, given) => {
  stage.set(asked);
  expect(lastPlace()).toEqual(given);
});

it('a view is hidden while a panel stands there, and comes back', () => {
  const room = { x: 0, y: 40, width: 1000, height: 500 };
  stage.set(room);
  stage.set(undefined);
  stage.set(room);
  expect(view?.places).toEqual([room, undefined, room]);
});

it('a later view goes where the page left room before', () => {
  view = undefined;
  const room = { x: 0, y: 40, width: 1000, height: 500 };
  stage.set(room);
  view = new PlacedView();
  expect(stage.show(view)).toBe(view);
  expect(lastPlace()).toEqual(room);
});
