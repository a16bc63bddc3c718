import type { Snapshot } from '../../../shared/ipc/snapshot';
import { text } from '../../i18n/text';
import '../../side.css';
import { ConnectionDetails } from './ConnectionDetails';
import { EnterPassword } from './EnterPassword';
import { People } from '../People';
import { RoomPassword } from './RoomPassword';
import { SidePanel } from './SidePanel';
import { StreamKey } from './StreamKey';
import { Subject } from './Subject';
import { WaitingRoom } from './WaitingRoom';

/** The one place beside the meeting: what the page needs to know before all else, or what the user has opened. */
export function SideSlot({ snapshot }: { snapshot: Snapshot }) {
  const { call, side, settings } = snapshot;
  if (call.phase !== 'joined' && call.phase !== 'connecting') return null;
  const { meeting } = call;
  if (meeting.waiting === 'password' || meeting.waiting === 'wrong-password') {
    return <EnterPassword wrong={meeting.waiting === 'wrong-password'} />;
  }
  if (side === undefined) return null;
  const close = () => void window.parley.send('side/close');
  const content = () => {
    switch (side) {
      case 'people':
        return call.phase === 'joined' && <People call={call} ownName={settings.displayName} />;
      case 'waiting-room':
        return <WaitingRoom waitingRoom={meeting.waitingRoom} />;
      case 'room-password':
        return <RoomPassword meeting={meeting} onDone={close} />;
      case 'stream':
        return <StreamKey onDone={close} />;
      case 'connection':
        return call.phase === 'joined' && <ConnectionDetails call={call} />;
      case 'subject':
        return <Subject subject={meeting.subject} onDone={close} />;
    }
  };
  return (
    <SidePanel key={side} title={text(`side.${side}.title`)} onClose={close}>
      {content()}
    </SidePanel>
  );
}
