import type { Rectangle, WebContents } from 'electron';

/** One place in a window for web contents, whichever kind of view this Electron has. */
export interface ViewSlot {
  readonly contents: WebContents;
  /** Shows the view at a place in the window, or hides it: hidden contents run on. */
  place(bounds: Rectangle | undefined): void;
  /** Takes the view out of the window and ends its page at once. */
  destroy(): void;
}
