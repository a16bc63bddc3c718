import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { text } from '../../i18n/text';
import { ICON } from '../icon';

interface SidePanelProps {
  title: string;
  /** Absent: it stays until it is answered. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
}

/** What stands beside the meeting, which makes room for it. It takes the keyboard when it comes, and gives it back. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const inside = panel.current;
    if (inside?.contains(before) === false) inside.focus();
    return () => {
      const fallback = document.getElementById('more');
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else fallback?.focus();
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside ref={panel} className="side" aria-labelledby={id} tabIndex={-1}>
      <div className="side-head">
        <h2 id={id}>{title}</h2>
        {onClose !== undefined && (
          <button type="button" aria-label={text('side.close')} title={text('side.close')} onClick={onClose}>
            <X {...ICON} />
          </button>
        )}
      </div>
      {children}
    </aside>
  );
}
