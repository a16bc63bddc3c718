import { useSyncExternalStore } from 'react';

/** `shell.css` and `main/shell/more/popUpMore.ts` fold at the same width. */
const folded = window.matchMedia('(max-width: 559.98px)');

function subscribe(onChange: () => void): () => void {
  folded.addEventListener('change', onChange);
  return () => folded.removeEventListener('change', onChange);
}

/** Whether the window is too narrow for all buttons, so that some are in the menu "More". */
export const useFolded = () => useSyncExternalStore(subscribe, () => folded.matches);
