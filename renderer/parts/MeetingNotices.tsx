import type { Meeting } from '../../shared/meeting';
import { KnockingNotice } from './KnockingNotice';
import { RecordingNotices } from './RecordingNotices';

/** What somebody has to know of the meeting now. */
export function MeetingNotices({ meeting }: { meeting: Meeting }) {
  return (
    <>
      <KnockingNotice knocking={meeting.waitingRoom.knocking} />
      <RecordingNotices recording={meeting.recording} />
    </>
  );
}
