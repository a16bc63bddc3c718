import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the keyboard in an element whose buttons change with `stage`: a button that goes takes the focus with it, and the
 * next Tab would start from the top of the page. The first button takes it that can be pressed; while a call is under way
 * that would be "Leave", where a second Enter would undo the first, so there the element itself takes it.
 */
export function useKeptFocus(stage: 'idle' | 'under-way' | 'joined'): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const seen = useRef(stage);
  useEffect(() => {
    if (seen.current === stage) return;
    seen.current = stage;
    const { current } = element;
    const isLost = document.activeElement === document.body || document.activeElement === current;
    if (current === null || !isLost) return;
    const button = stage === 'under-way' ? null : current.querySelector<HTMLElement>('button:enabled');
    (button ?? current).focus();
  }, [stage]);
  return element;
}
