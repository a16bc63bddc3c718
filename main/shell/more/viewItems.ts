import { nativeText } from '../../i18n/text';
import { checkbox, onAndOff, withKeys, withReason } from './items';
import type { MenuArea } from './moreMenu';

/** What this user sees and hears of the meeting. */
export const viewItems: MenuArea = ({
  call,
  chords,
  hidden,
  actions: { control, openPanel, openDevices, hide },
}) => {
  const { tileView, audioOnly, transcription } = call.meeting;
  return [
    { ...checkbox('more.hide', hidden, () => hide(!hidden)), ...withKeys(chords['hide-meeting']) },
    { id: 'people', label: nativeText('more.people'), click: () => openPanel('people') },
    {
      ...checkbox('more.tile-view', tileView, () => control({ what: 'tile-view', on: !tileView })),
      ...withKeys(chords['tile-view']),
    },
    {
      id: 'audio-only',
      ...checkbox('more.audio-only', audioOnly, () => control({ what: 'audio-only', on: !audioOnly })),
    },
    // Of these three the page does not say what they are.
    onAndOff('more.noise-suppression', ['noise-on', 'noise-off'], (on) =>
      control({ what: 'noise-suppression', on }),
    ),
    onAndOff('more.encryption', ['encryption-on', 'encryption-off'], (on) =>
      control({ what: 'encryption', on }),
    ),
    transcription === 'unavailable'
      ? { id: 'subtitles', label: withReason('more.subtitles', 'more.reason.no-transcriber'), enabled: false }
      : { id: 'subtitles', label: nativeText('more.subtitles'), click: () => control({ what: 'subtitles' }) },
    { label: nativeText('more.devices'), click: openDevices },
  ];
};
