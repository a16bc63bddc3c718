import { useLayoutEffect, useRef } from 'react';
import { text } from '../i18n/text';

/** The meeting's place. The page itself is a view of the main process; this only says where it goes. */
export function MeetingStage() {
  const stage = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const place = () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      void window.parley.send('stage/place', { x: Math.max(0, x), y: Math.max(0, y), width, height });
    };
    place();
    const observer = new ResizeObserver(place);
    observer.observe(element);
    return () => {
      observer.disconnect();
      void window.parley.send('stage/place', null);
    };
  }, []);
  return (
    <main className="stage meeting" ref={stage}>
      <h1 className="covered">{text('stage.title')}</h1>
    </main>
  );
}
