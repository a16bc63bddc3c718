import { type PointerEvent, useRef, useState } from 'react';

/** Nearer than this a press is a click, in CSS pixels. */
const SLACK = 3;

/** Where in the bar it was taken hold of, in CSS pixels. */
interface Hold {
  x: number;
  y: number;
  moved: boolean;
}

/**
 * Moves the window by whatever is no button. Done here and not by `-webkit-app-region`, in which a double click would never
 * arrive.
 */
export function useBarDrag() {
  const hold = useRef<Hold>(undefined);
  const [dragged, setDragged] = useState(false);
  const end = () => {
    hold.current = undefined;
    setDragged(false);
  };
  return {
    'data-dragged': dragged || undefined,
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      hold.current = { x: event.clientX, y: event.clientY, moved: false };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const from = hold.current;
      if (from === undefined) return;
      const far = Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK;
      if (!from.moved && !far) return;
      from.moved = true;
      setDragged(true);
      const to = { x: Math.round(event.screenX - from.x), y: Math.round(event.screenY - from.y) };
      void window.parley.send('bar/move', to);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
