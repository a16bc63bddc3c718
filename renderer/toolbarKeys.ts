import type { KeyboardEvent } from 'react';

/** From the place of the button that has the keyboard to that of the one which shall. */
const STEPS: Readonly<Record<string, (from: number, count: number) => number>> = {
  ArrowLeft: (from, count) => (from - 1 + count) % count,
  ArrowRight: (from, count) => (from + 1) % count,
  Home: () => 0,
  End: (_from, count) => count - 1,
};

/**
 * Goes from button to button with the arrow keys, Home and End, as in every toolbar (WAI-ARIA Authoring Practices). Each
 * button stays a stop of Tab as well: nobody has to know of this.
 */
export function onToolbarKey(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:enabled')].filter(
    (button) => button.offsetParent !== null,
  );
  const from = buttons.findIndex((button) => button === document.activeElement);
  if (buttons.length === 0) return;
  event.preventDefault();
  buttons[step(Math.max(0, from), buttons.length)]?.focus();
}
