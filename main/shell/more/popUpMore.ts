/** Pops up the menu "More", and does what its items that need the system do. */
import { type BrowserWindow, Menu, type Point } from 'electron';
import { mailtoUrl } from '../../../shared/inviteMail';
import type { Chords } from '../../../shared/shortcuts';
import type { CallController } from '../../call/callController';
import type { About } from '../../diagnostics/about';
import { nativeText } from '../../i18n/text';
import { openMailDraft } from '../../security/navigation';
import { askToEndForAll } from '../endForAllQuestion';
import type { HiddenMeeting } from '../hiddenMeeting';
import { moreItems } from './moreMenu';
import type { SidePanel } from '../sidePanel';

/** Where the menu opens without its button: under the toolbar. */
const BY_KEY: Point = { x: 8, y: 40 };
/** Below this width of the window, in DIPs, buttons are folded into the menu; `renderer/shell.css` hides them then. */
const FOLD_BELOW = 560;

export interface MoreMenuParts {
  window: BrowserWindow;
  calls: CallController;
  side: SidePanel;
  hiddenMeeting: HiddenMeeting;
  copyInvite: () => void;
  openDevices: () => void;
  about: Pick<About, 'copyDiagnostics'>;
  chords: () => Chords;
}

export function newMoreMenu({
  window,
  calls,
  side,
  hiddenMeeting,
  chords,
  ...given
}: MoreMenuParts): (at?: Point) => void {
  const actions = {
    control: (control: Parameters<CallController['control']>[0]) => calls.control(control),
    openPanel: (panel: Parameters<SidePanel['open']>[0]) => side.open(panel),
    hide: (hidden: boolean) => void hiddenMeeting.set(hidden),
    copyInvite: given.copyInvite,
    openDevices: given.openDevices,
    copyDiagnostics: () => void given.about.copyDiagnostics(),
    inviteByMail: () => inviteByMail(calls),
    endForAll: () => void endForAll(window, calls),
  };
  return ({ x, y } = BY_KEY) => {
    const folded = window.getContentBounds().width < FOLD_BELOW;
    Menu.buildFromTemplate(
      moreItems(calls.state, { folded, hidden: hiddenMeeting.hidden, chords: chords(), actions }),
    ).popup({
      window,
      x,
      y,
    });
  };
}

function inviteByMail({ state, inviteUrl }: CallController): void {
  if (state.phase !== 'joined' || inviteUrl === undefined) return;
  const subject = nativeText('mail.subject', { room: state.room.name });
  openMailDraft(mailtoUrl(subject, nativeText('mail.body', { link: inviteUrl })));
}

async function endForAll(window: BrowserWindow, calls: CallController): Promise<void> {
  if (await askToEndForAll(window)) calls.control({ what: 'end-for-all' });
}
