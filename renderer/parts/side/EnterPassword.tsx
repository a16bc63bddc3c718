import { PASSWORD_MAX } from '../../../shared/limits';
import { text } from '../../i18n/text';
import { OneField } from './OneField';
import { SidePanel } from './SidePanel';

/** The room has a password, and the page waits for it. */
export function EnterPassword({ wrong }: { wrong: boolean }) {
  return (
    <SidePanel title={text('side.enter-password.title')}>
      <OneField
        label={text('side.enter-password.label')}
        hint={text('side.enter-password.hint')}
        fault={wrong ? text('side.enter-password.wrong') : undefined}
        secret
        maxLength={PASSWORD_MAX}
        action={text('side.enter-password.action')}
        onSubmit={(password) =>
          void window.parley.send('meeting/control', { what: 'enter-password', text: password })
        }
      />
    </SidePanel>
  );
}
