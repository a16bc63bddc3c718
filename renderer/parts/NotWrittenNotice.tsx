import { TriangleAlert } from 'lucide-react';
import { text } from '../i18n/text';
import { ICON } from './icon';

interface NotWrittenNoticeProps {
  /** The system's word on why. */
  detail: string;
  onDismiss: () => void;
}

/** A change that was made in the toolbar did not come about, since the settings could not be written. */
export function NotWrittenNotice({ detail, onDismiss }: NotWrittenNoticeProps) {
  return (
    <div className="notice">
      <TriangleAlert {...ICON} />
      <p role="alert">{text('settings.fault.file', { detail })}</p>
      <button type="button" className="outlined" onClick={onDismiss}>
        {text('settings.fault.file.dismiss')}
      </button>
    </div>
  );
}
