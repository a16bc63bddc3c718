import { type SubmitEvent, useRef } from 'react';
import { Field } from '../Field';

interface OneFieldProps {
  label: string;
  hint?: string;
  value?: string;
  /** Shown as dots. */
  secret?: boolean;
  maxLength: number;
  /** What is wrong with what was entered last. */
  fault?: string | undefined;
  action: string;
  /** Whether the field may be left empty. */
  optional?: boolean;
  onSubmit: (text: string) => void;
}

/** A question with one answer, beside the meeting. */
export function OneField({ action, optional = false, onSubmit, ...field }: OneFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const answer = input.current?.value ?? '';
    if (answer.trim() === '' && !optional) input.current?.focus();
    else onSubmit(answer);
  };
  return (
    <form className="one-field" onSubmit={submit}>
      <Field ref={input} name="answer" focused {...field} />
      <div className="actions">
        <button type="submit" className="primary">
          {action}
        </button>
      </div>
    </form>
  );
}
