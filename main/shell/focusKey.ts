import type { WebContents } from 'electron';

/**
 * F6 takes the keyboard from one part of the window to the other, as it does in browsers and IDEs: Tab alone never leaves
 * a web page.
 */
export function moveFocusByKey(from: WebContents, move: () => void): void {
  from.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || input.key !== 'F6') return;
    event.preventDefault();
    move();
  });
}
