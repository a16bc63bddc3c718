import { PASSWORD_MAX } from '../../../shared/limits';
import type { Meeting } from '../../../shared/meeting';
import { text } from '../../i18n/text';
import { OneField } from './OneField';

/** Sets the room's password, or takes it away. The page does not confirm that, so this says so. */
export function RoomPassword({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const set = (password: string) => {
    void window.parley.send('meeting/control', { what: 'set-password', text: password });
    onDone();
  };
  return (
    <>
      {meeting.password !== 'unknown' && <p>{text(`side.room-password.${meeting.password}`)}</p>}
      <OneField
        label={text('side.room-password.label')}
        hint={text('side.room-password.hint')}
        maxLength={PASSWORD_MAX}
        action={text('side.room-password.action')}
        onSubmit={set}
      />
      <div className="actions">
        <button type="button" className="outlined" onClick={() => set('')}>
          {text('side.room-password.remove')}
        </button>
      </div>
    </>
  );
}
