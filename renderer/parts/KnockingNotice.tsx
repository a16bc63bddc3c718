import { DoorOpen } from 'lucide-react';
import type { Knocking } from '../../shared/meeting';
import { text } from '../i18n/text';
import { ICON } from './icon';
import { Answers, nameOf } from './side/WaitingRoom';

/** Somebody stands before the door: the answer for one, the list for more. */
export function KnockingNotice({ knocking }: { knocking: readonly Knocking[] }) {
  const [first, second] = knocking;
  if (first === undefined) return null;
  return (
    <div className="notice plain">
      <DoorOpen {...ICON} />
      <p aria-live="polite">
        {second === undefined
          ? text('knocking.one', { name: nameOf(first) })
          : text('knocking.many', { count: knocking.length })}
      </p>
      {second === undefined ? (
        <Answers person={first} />
      ) : (
        <button
          type="button"
          className="outlined"
          onClick={() => void window.parley.send('side/open', { panel: 'waiting-room' })}
        >
          {text('knocking.list')}
        </button>
      )}
    </div>
  );
}
