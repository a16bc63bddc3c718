import { createContext, useContext } from 'react';
import { type Chords, chordText, type ShortcutId } from '../shared/shortcuts';

/** Whether keys are written and recorded as on macOS. */
export const MAC = navigator.platform.startsWith('Mac');

/** The chords in force; `undefined` before the first snapshot. */
export const ChordsContext = createContext<Chords | undefined>(undefined);

/** Adds the keys of a shortcut to a tooltip: "Leave call (Ctrl+Shift+H)". */
export function useShortcutHint(): (tooltip: string, id: ShortcutId) => string {
  const chords = useContext(ChordsContext);
  return (tooltip, id) => {
    const chord = chords?.[id] ?? '';
    return chord === '' ? tooltip : `${tooltip} (${chordText(chord, MAC)})`;
  };
}
