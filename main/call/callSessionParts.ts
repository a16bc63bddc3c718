/** What a call's session is given, and whom it tells what becomes of it. */
import type { CallEvent, DeviceState, Room } from '../../shared/callState';
import type { CallFailure } from '../../shared/failure';
import type { JitsiEvent } from '../../shared/jitsi/events';
import type { Meeting } from '../../shared/meeting';
import type { MeetingControl } from '../../shared/meetingControl';
import type { Network } from './callLine';
import type { CallView, CallViewEvents } from './callView';
import type { Device } from './deviceTruth';

/** Longest wait for the page to say goodbye after "hang up", in ms. */
export const HANGUP_TIMEOUT_MS = 2_000;
/** How long a page that has left the room by itself may take to close or to join again, in ms. */
export const GONE_TIMEOUT_MS = 3_000;

export interface CallSessionParts {
  room: Room;
  /** The devices to open, asked when the room is entered: the user may have changed their mind on the way in. */
  open: () => readonly Device[];
  /** What the user has chosen for the call before this page was there. */
  chosen: () => readonly MeetingControl[];
  /** The room's password, where the user has entered it before. */
  password: string | undefined;
  openView: (events: CallViewEvents) => CallView;
  network: Network;
  /** What the page has said of the meeting so far. */
  meeting: () => Meeting;
  /** Whether the page is out of sight now. */
  unseen: () => boolean;
  onEvent: (event: JitsiEvent) => void;
  onDevice: (device: Device, state: DeviceState) => void;
  /** What else is to be known of the call. */
  tell: (event: CallEvent) => void;
  /** The call ended against the user's will. */
  onFailure: (failure: CallFailure) => void;
  /** The page, which had joined, is of no use any more and closed; the room may be entered anew. */
  onLost: (failure: CallFailure) => void;
  /** The call ended as it should; the view is gone. */
  onClosed: () => void;
  now: () => number;
}
