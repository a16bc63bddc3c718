import type { CallFailure } from '../../shared/failure';
import { failureWords, type FailureAction } from '../failureWords';
import { text, type TextKey } from '../i18n/text';
import type { Panel } from '../Shell';
import { useCopied } from '../useCopied';

interface FailurePanelProps {
  failure: CallFailure;
  onPanel: (panel: Panel) => void;
}

const ACTION_TEXT: Readonly<Record<FailureAction, TextKey>> = {
  again: 'failure.again',
  address: 'failure.to-address',
  token: 'failure.to-token',
  'sign-in': 'failure.to-sign-in',
  'sign-in-again': 'failure.to-sign-in-again',
  copy: 'failure.copy',
  close: 'failure.close',
};

/** What happened, what to do, one button that does it; the rest folded. */
export function FailurePanel({ failure, onPanel }: FailurePanelProps) {
  const { what, advice, action } = failureWords(failure);
  const [copied, onCopy] = useCopied();
  const word = (each: FailureAction) =>
    text(each === 'copy' && copied ? 'failure.copied' : ACTION_TEXT[each]);
  const run: Readonly<Record<FailureAction, () => void>> = {
    again: () => void window.parley.send('call/retry'),
    address: () => onPanel('settings'),
    token: () => onPanel('token'),
    'sign-in': () => onPanel('token'),
    'sign-in-again': () => {
      onPanel('token');
      void window.parley.send('sign-in/browser');
    },
    copy: () => {
      onCopy();
      void window.parley.send('call/copy-details');
    },
    close: () => void window.parley.send('call/dismiss'),
  };
  const others = (['copy', 'close'] as const).filter((other) => other !== action);
  return (
    <section className="panel failure">
      <div role="alert">
        <h1>{what}</h1>
        <p>{advice}</p>
      </div>
      <div className="actions">
        <button type="button" className="primary" onClick={run[action]}>
          {word(action)}
        </button>
        {others.map((other) => (
          <button key={other} type="button" className="outlined" onClick={run[other]}>
            {word(other)}
          </button>
        ))}
      </div>
      <p className="unseen" aria-live="polite">
        {copied && text('failure.copied')}
      </p>
      <details>
        <summary>{text('failure.details')}</summary>
        <pre>{JSON.stringify(failure, null, 2)}</pre>
      </details>
    </section>
  );
}
