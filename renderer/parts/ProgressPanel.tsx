import type { CallPhase } from '../../shared/callState';
import { text } from '../i18n/text';

/** A step that may take over a second, by its name. "Cancel" stands in the status bar in every such step. */
export function ProgressPanel({ phase }: { phase: Exclude<CallPhase, 'failed'> }) {
  return (
    <section className="panel centred">
      <div className="spinner" aria-hidden="true" />
      <p className="muted">{text(`call.status.${phase}`)}</p>
    </section>
  );
}
