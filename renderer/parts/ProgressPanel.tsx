import type { CallPhase } from '../../shared/callState';
import { text } from '../i18n/text';

/** A step that may take over a second, by its name. It can always be ended, from the status bar or by leaving. */
export function ProgressPanel({ step }: { step: Exclude<CallPhase, 'failed' | 'joined'> | 'reconnecting' }) {
  return (
    <section className="panel centred">
      <div className="spinner" aria-hidden="true" />
      <h1 className="muted step">{text(`call.status.${step}`)}</h1>
    </section>
  );
}
