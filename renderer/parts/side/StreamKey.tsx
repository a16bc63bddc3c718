import { STREAM_KEY_MAX } from '../../../shared/limits';
import { text } from '../../i18n/text';
import { OneField } from './OneField';

/** Where a live stream goes to. */
export function StreamKey({ onDone }: { onDone: () => void }) {
  return (
    <OneField
      label={text('side.stream.label')}
      hint={text('side.stream.hint')}
      secret
      maxLength={STREAM_KEY_MAX}
      action={text('side.stream.action')}
      onSubmit={(key) => {
        void window.parley.send('meeting/control', { what: 'stream', key: key.trim() });
        onDone();
      }}
    />
  );
}
