import { useEffect, useEffectEvent } from 'react';
import { chordOf, type Chords, endsChord, SHORTCUT_IDS } from '../shared/shortcuts';
import { MAC } from './shortcutHint';

type Keys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/** The part of a key event that a chord is made of. */
export const pressOf = ({ key, code, ctrlKey, altKey, shiftKey, metaKey }: Keys) => ({
  ...{ key, code, control: ctrlKey, alt: altKey, shift: shiftKey, meta: metaKey },
});

/**
 * Shortcuts whose keys reach the page. Those of a keyboard do not: the main process hears them before, and keeps them. But keys
 * that a program puts into the page, such as assistive technology or a driver of tests, come here alone.
 */
export function useShortcutKeys(chords: Chords | undefined): void {
  const onDown = useEffectEvent((event: KeyboardEvent) => {
    if (chords === undefined || event.repeat || event.isComposing || event.defaultPrevented) return;
    const chord = chordOf(pressOf(event), MAC);
    const id = SHORTCUT_IDS.find((each) => chord !== undefined && chords[each] === chord);
    if (id === undefined || id === 'global-microphone') return;
    event.preventDefault();
    if (id === 'talk') void window.parley.send('shortcuts/talk', { on: true });
    else void window.parley.send('shortcuts/press', { id });
  });
  const onUp = useEffectEvent((event: KeyboardEvent) => {
    if (chords !== undefined && endsChord(chords.talk, pressOf(event), MAC)) {
      void window.parley.send('shortcuts/talk', { on: false });
    }
  });
  useEffect(() => {
    const down = (event: KeyboardEvent) => onDown(event);
    const up = (event: KeyboardEvent) => onUp(event);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
    };
  }, []);
}
