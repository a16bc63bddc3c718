import type { Rectangle } from 'electron';
import type { CallView } from '../call/callView';

/** Where the meeting shows: the toolbar's page says where it has left room, and the view of the day goes there. */
export class Stage {
  readonly #contentSize: () => { width: number; height: number };
  readonly #view: () => CallView | undefined;
  #bounds: Rectangle | undefined;

  constructor(contentSize: () => { width: number; height: number }, view: () => CallView | undefined) {
    this.#contentSize = contentSize;
    this.#view = view;
  }

  /** Takes the room the page has left, in CSS pixels; `undefined` while a panel stands there. */
  set(bounds: Rectangle | undefined): void {
    this.#bounds = bounds === undefined ? undefined : this.#within(bounds);
    this.#view()?.place(this.#bounds);
  }

  /** Puts a new view where another may have been before it; gives it back. */
  show(view: CallView): CallView {
    view.place(this.#bounds);
    return view;
  }

  #within({ x, y, width, height }: Rectangle): Rectangle {
    const size = this.#contentSize();
    const left = Math.min(Math.round(x), size.width);
    const top = Math.min(Math.round(y), size.height);
    return {
      x: left,
      y: top,
      width: Math.min(Math.round(width), size.width - left),
      height: Math.min(Math.round(height), size.height - top),
    };
  }
}
