import type { RecordingMode } from '../../../shared/meeting';
import type { MeetingControl } from '../../../shared/meetingControl';
import { nativeText } from '../../i18n/text';
import { type Item, restricted } from './items';
import type { MenuArea } from './moreMenu';

/** What is kept of the meeting, or shown to the world. */
export const recordingItems: MenuArea = ({ call: { meeting }, actions: { control, openPanel } }) => {
  const item = (mode: RecordingMode, start: () => void, stop: MeetingControl): Item => {
    switch (meeting.recording[mode].state) {
      case 'starting':
        return { label: nativeText(`more.${mode}.starting`), enabled: false };
      case 'on':
        return restricted(`more.${mode}.stop`, stop, meeting, () => control(stop));
      case 'off':
      case 'failed':
        return restricted(`more.${mode}`, stop, meeting, start);
    }
  };
  return [
    {
      id: 'record',
      ...item('file', () => control({ what: 'record', on: true }), { what: 'record', on: false }),
    },
    { id: 'stream', ...item('stream', () => openPanel('stream'), { what: 'stop-stream' }) },
  ];
};
