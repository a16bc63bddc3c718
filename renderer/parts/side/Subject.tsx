import { SUBJECT_MAX } from '../../../shared/limits';
import { text } from '../../i18n/text';
import { OneField } from './OneField';

/** What the call is about, for all to see. */
export function Subject({ subject, onDone }: { subject: string; onDone: () => void }) {
  return (
    <OneField
      label={text('side.subject.label')}
      hint={text('side.subject.hint')}
      value={subject}
      maxLength={SUBJECT_MAX}
      action={text('side.subject.action')}
      optional
      onSubmit={(entered) => {
        void window.parley.send('meeting/control', { what: 'subject', text: entered.trim() });
        onDone();
      }}
    />
  );
}
