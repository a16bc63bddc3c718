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
    restricted('more.subject', { what: 'subject' }, meeting, () => openPanel('subject')),
    restricted('more.room-password', { what: 'set-password' }, meeting, () => openPanel('room-password')),
    {
      ...waitingRoom,
      ...(waiting > 0 ? { label: nativeText('more.waiting-room.some', { count: waiting }) } : {}),
    },
    restricted('more.mute-everyone', { what: 'mute-everyone' }, meeting, () =>
      control({ what: 'mute-everyone' }),
    ),
  ];
};

/** How others come in, and how all go. */
export const inviteAndEndItems: MenuArea = ({ call: { meeting, room }, actions }) => [
  inviting('more.mail-invite', room.invitable, actions.inviteByMail),
  restricted('more.end-for-all', { what: 'end-for-all' }, meeting, actions.endForAll),
];
