import { canStart } from '../../shared/callState';
import type { Snapshot } from '../../shared/ipc/snapshot';
import { text } from '../i18n/text';

interface UpdateRowProps {
  snapshot: Snapshot | undefined;
  onOpen: () => void;
}

/** That a later version is there, or ready, in the status bar. During a call it waits. */
export function UpdateRow({ snapshot, onOpen }: UpdateRowProps) {
  if (snapshot === undefined || !canStart(snapshot.call)) return null;
  const { update } = snapshot;
  if (update.step !== 'offered' && update.step !== 'ready') return null;
  const { version } = update.offer;
  return (
    <button type="button" className="update-row" onClick={onOpen}>
      {text(`updates.row.${update.step}`, { version })}
    </button>
  );
}
