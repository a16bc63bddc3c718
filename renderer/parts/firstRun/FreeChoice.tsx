import { type Ref, useId } from 'react';
import { text } from '../../i18n/text';

interface FreeChoiceProps {
  ref: Ref<HTMLInputElement>;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** Free public Jitsi instead of a lobby, with what that means as soon as it is chosen. */
export function FreeChoice({ ref, on, onChange }: FreeChoiceProps) {
  const id = useId();
  return (
    <div className="free-choice">
      <label>
        <input
          ref={ref}
          type="checkbox"
          name="free"
          checked={on}
          aria-describedby={id}
          onChange={({ target }) => onChange(target.checked)}
        />
        {text('first-run.free')}
      </label>
      <span className="hint" id={id} aria-live="polite">
        {on ? (
          <>
            <strong>{text('free.title')}</strong> {text('free.advice')}
          </>
        ) : (
          text('first-run.free.hint')
        )}
      </span>
    </div>
  );
}
