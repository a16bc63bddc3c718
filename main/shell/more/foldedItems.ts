import { nativeText } from '../../i18n/text';
import { checkbox, inviting, withKeys } from './items';
import type { MenuArea } from './moreMenu';

/** What the buttons of the toolbar do that a narrow window has no room for. */
export const foldedItems: MenuArea = ({
  call: { meeting, room },
  folded,
  chords,
  actions: { control, copyInvite },
}) => {
  if (!folded) return [];
  const { sharing, handRaised, participantsPane, chat } = meeting;
  return [
    {
      ...checkbox('more.share', sharing, () => control({ what: 'share', on: !sharing })),
      ...withKeys(chords.share),
    },
    {
      ...checkbox('more.hand', handRaised, () => control({ what: 'hand', on: !handRaised })),
      ...withKeys(chords.hand),
    },
    {
      ...checkbox('more.participants', participantsPane, () =>
        control({ what: 'participants-pane', on: !participantsPane }),
      ),
      ...withKeys(chords.participants),
    },
    {
      ...checkbox('more.chat', chat.open, () => control({ what: 'chat', on: !chat.open })),
      ...withKeys(chords.chat),
      ...(chat.unread > 0 ? { label: nativeText('more.chat.unread', { count: chat.unread }) } : {}),
    },
    { ...withKeys(chords['copy-invite']), ...inviting('more.copy-invite', room.invitable, copyInvite) },
  ];
};
