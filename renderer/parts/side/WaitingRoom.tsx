import type { Knocking, Meeting } from '../../../shared/meeting';
import { text } from '../../i18n/text';

/** Whether newcomers wait before the door, and who does. */
export function WaitingRoom({ waitingRoom: { on, knocking } }: { waitingRoom: Meeting['waitingRoom'] }) {
  const set = (wanted: boolean) =>
    void window.parley.send('meeting/control', { what: 'waiting-room', on: wanted });
  return (
    <>
      <p>
        {text(
          on === undefined
            ? 'side.waiting-room.unknown'
            : on
              ? 'side.waiting-room.on'
              : 'side.waiting-room.off',
        )}
      </p>
      <div className="actions">
        {on !== true && (
          <button type="button" className="outlined" onClick={() => set(true)}>
            {text('side.waiting-room.turn-on')}
          </button>
        )}
        {on !== false && (
          <button type="button" className="outlined" onClick={() => set(false)}>
            {text('side.waiting-room.turn-off')}
          </button>
        )}
      </div>
      {knocking.length === 0 ? (
        <p className="muted">{text('side.waiting-room.nobody')}</p>
      ) : (
        <ul className="rows">
          {knocking.map((person) => (
            <li key={person.id}>
              <span className="row-name" title={nameOf(person)}>
                {nameOf(person)}
              </span>
              <Answers person={person} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What to call somebody who knocks. */
export const nameOf = ({ name }: Knocking): string => (name === '' ? text('call.status.unnamed') : name);

export function Answers({ person }: { person: Knocking }) {
  const answers = ['admit', 'refuse'] as const;
  return answers.map((what) => (
    <button
      key={what}
      type="button"
      className="outlined"
      aria-label={text(`knocking.${what}.name`, { name: nameOf(person) })}
      onClick={() => void window.parley.send('meeting/control', { what, id: person.id })}
    >
      {text(`knocking.${what}`)}
    </button>
  ));
}
