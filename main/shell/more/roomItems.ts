import { nativeText } from '../../i18n/text';
import { inviting, restricted } from './items';
import type { MenuArea } from './moreMenu';

/** The room, and who may come into it. */
export const roomItems: MenuArea = ({ call: { meeting }, actions: { control, openPanel } }) => {
  const waiting = meeting.waitingRoom.knocking.length;
  const waitingRoom = restricted('more.waiting-room', { what: 'waiting-room' }, meeting, () =>
    openPanel('waiting-room'),
  );
  return [
    {
      id: 'subject',
      ...restricted('more.subject', { what: 'subject' }, meeting, () => openPanel('subject')),
    },
    {
      id: 'room-password',
      ...restricted('more.room-password', { what: 'set-password' }, meeting, () =>
        openPanel('room-password'),
      ),
    },
    {
      id: 'waiting-room',
      ...waitingRoom,
      ...(waiting > 0 ? { label: nativeText('more.waiting-room.some', { count: waiting }) } : {}),
    },
    {
      id: 'mute-everyone',
      ...restricted('more.mute-everyone', { what: 'mute-everyone' }, meeting, () =>
        control({ what: 'mute-everyone' }),
      ),
    },
  ];
};

/** How others come in, and how all go. */
export const inviteAndEndItems: MenuArea = ({ call: { meeting, room }, actions }) => [
  { id: 'mail-invite', ...inviting('more.mail-invite', room.invitable, actions.inviteByMail) },
  {
    id: 'end-for-all',
    ...restricted('more.end-for-all', { what: 'end-for-all' }, meeting, actions.endForAll),
  },
];
