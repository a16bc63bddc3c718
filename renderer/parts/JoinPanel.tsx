import { type SubmitEvent, useRef, useState } from 'react';
import type { JoinTextFault } from '../../shared/joinTarget';
import { JOIN_TEXT_MAX } from '../../shared/limits';
import { text } from '../i18n/text';
import { Field } from './Field';

/** "Join call": one line that takes a room name, a meeting's address or an invite. */
export function JoinPanel({ onDone }: { onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<JoinTextFault>();
  const join = async (event: SubmitEvent) => {
    event.preventDefault();
    const pasted = (input.current?.value ?? '').trim().slice(0, JOIN_TEXT_MAX + 1);
    const answer = await window.parley.send('call/join', { text: pasted });
    setFault(answer);
    if (answer === undefined) onDone();
    else input.current?.focus();
  };
  return (
    <form className="panel" onSubmit={(event) => void join(event)}>
      <h1>{text('join.title')}</h1>
      <Field
        ref={input}
        name="room"
        label={text('join.label')}
        fault={fault === undefined ? undefined : text(`join.fault.${fault}`)}
        focused
      />
      <div className="actions">
        <button type="submit" className="primary">
          {text('join.action')}
        </button>
        <button type="button" className="outlined" onClick={onDone}>
          {text('call.cancel')}
        </button>
      </div>
    </form>
  );
}
