import { type Ref, useEffect, useId, useRef, useImperativeHandle } from 'react';

interface FieldProps {
  ref: Ref<HTMLInputElement>;
  name: string;
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  value?: string;
  placeholder?: string;
  /** Shown as dots. Still a text box for assistive technology, which a password field is not. */
  secret?: boolean;
  readOnly?: boolean;
  /** Most characters that can be typed or pasted. */
  maxLength?: number;
  /** Takes the keyboard when it appears: the panel was opened to fill it. */
  focused?: boolean;
  onBlur?: () => void;
}

/**
 * A labelled line of text; a fault takes the place of the hint, so that nothing beneath it moves. Its value lives in the element alone, so that a secret is in no other state.
 */
export function Field({ ref, name, label, hint, fault, value = '', secret = false, ...rest }: FieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { focused = false, ...attributes } = rest;
  useImperativeHandle(ref, () => input.current ?? document.createElement('input'));
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        name={name}
        type="text"
        defaultValue={value}
        className={secret ? 'secret' : undefined}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-hint`}
        {...attributes}
      />
      {fault === undefined ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : (
        <span className="fault" id={`${id}-hint`} role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
