import type { CallState } from '../../shared/callState';
import { type Meeting, NEW_MEETING } from '../../shared/meeting';
import type { RoomName } from '../../shared/roomName';

/** A voice call that is joined, by somebody alone in the room. */
export function joinedCall(meeting: Partial<Meeting> = {}): CallState & { phase: 'joined' } {
  return {
    phase: 'joined',
    intent: { target: { kind: 'new' }, media: 'audio', free: false },
    room: {
      name: 'quiet-otter' as RoomName,
      deployment: 'https://meet.acme.example',
      free: false,
      invitable: true,
    },
    joinedAt: 0,
    microphone: 'off',
    microphoneWanted: false,
    microphoneFault: undefined,
    camera: 'off',
    cameraFault: undefined,
    others: [],
    meeting: { ...NEW_MEETING, ...meeting },
    connection: { state: 'up' },
    line: 'good',
    hung: false,
  };
}
