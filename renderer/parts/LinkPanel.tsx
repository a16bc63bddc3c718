import { useEffect, useRef, useState } from 'react';
import { type CallState, canStart } from '../../shared/callState';
import type { LinkQuestion } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';

/** How long the buttons take no click, in ms: one meant for what stood there before must not start a call. */
const SETTLE_MS = 500;

interface LinkPanelProps {
  question: LinkQuestion;
  call: CallState;
}

/** Asks whether what a link means is meant by the user as well. The keyboard goes to the question, not to an answer. */
export function LinkPanel({ question, call }: LinkPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    heading.current?.focus();
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') void window.parley.send('link/dismiss');
    };
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, []);

  if (question.kind === 'refused') {
    return (
      <section className="panel failure">
        <div role="alert">
          <h1 ref={heading} tabIndex={-1}>
            {text('link.refused')}
          </h1>
          <p>{text(`link.fault.${question.fault}`, { host: question.host })}</p>
        </div>
        <div className="actions">
          <button type="button" className="primary" onClick={() => void window.parley.send('link/dismiss')}>
            {text('link.close')}
          </button>
        </div>
      </section>
    );
  }
  const inCall = !canStart(call);
  const foreign = question.kind === 'join' && !question.own;
  return (
    <section className={foreign ? 'panel warning' : 'panel'}>
      <h1 ref={heading} tabIndex={-1}>
        {titleOf(question)}
      </h1>
      <p>{text('link.advice')}</p>
      {foreign && <p role="alert">{text('link.foreign', { host: question.host })}</p>}
      {inCall && <p>{text('link.in-call')}</p>}
      <div className="actions">
        {(['audio', 'video'] as const).map((media) => (
          <button
            key={media}
            type="button"
            className={media === 'audio' ? 'primary' : 'outlined'}
            disabled={!settled}
            onClick={() => void window.parley.send('link/accept', { id: question.id, media })}
          >
            {text(`link.${question.kind}.${media}${inCall ? '.leave' : ''}`)}
          </button>
        ))}
        <button type="button" className="outlined" onClick={() => void window.parley.send('link/dismiss')}>
          {text(inCall ? 'link.stay' : 'call.cancel')}
        </button>
      </div>
    </section>
  );
}

function titleOf(question: LinkQuestion & { kind: 'join' | 'call' }): string {
  if (question.kind === 'call') return text('link.call.title');
  const { host, room } = question;
  return room === undefined
    ? text('link.join.title.unnamed', { host })
    : text('link.join.title', { host, room });
}
