/** Pops up the menu "More", and does what its items that need the system do. */
import { type BrowserWindow, Menu, type Point } from 'electron';
import { mailtoUrl } from '../../../shared/inviteMail';
import type { Chords, MenuShortcutId } from '../../../shared/shortcuts';
import type { CallController } from '../../call/callController';
import type { About } from '../../diagnostics/about';
import { nativeText } from '../../i18n/text';
import { openMailDraft } from '../../security/navigation';
import { askToEndForAll } from '../endForAllQuestion';
import type { HiddenMeeting } from '../hiddenMeeting';
import { itemOf, moreItems } from './moreMenu';
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
  /** What an item opens must be seen, also when it was chosen by keys of the compact bar. */
  showWindow: () => void;
}

export interface MoreMenu {
  open: (at?: Point) => void;
  /** Does what an item does; one that cannot be chosen is shown in the menu, which says why. */
  press: (id: MenuShortcutId) => void;
}

export function newMoreMenu({
  window,
  calls,
  side,
  hiddenMeeting,
  chords,
  showWindow,
  ...given
}: MoreMenuParts): MoreMenu {
  const actions = {
    control: (control: Parameters<CallController['control']>[0]) => calls.control(control),
    openPanel: (panel: Parameters<SidePanel['open']>[0]) => {
      showWindow();
      side.open(panel);
    },
    hide: (hidden: boolean) => void hiddenMeeting.set(hidden),
    copyInvite: given.copyInvite,
    openDevices: given.openDevices,
    copyDiagnostics: () => void given.about.copyDiagnostics(),
    inviteByMail: () => inviteByMail(calls),
    endForAll: () => {
      showWindow();
      void endForAll(window, calls);
    },
  };
  const items = () => {
    const folded = window.getContentBounds().width < FOLD_BELOW;
    return moreItems(calls.state, { folded, hidden: hiddenMeeting.hidden, chords: chords(), actions });
  };
  const open = ({ x, y } = BY_KEY) => Menu.buildFromTemplate(items()).popup({ window, x, y });
  return {
    open,
    press(id) {
      const item = itemOf(items(), id);
      if (item === undefined) return;
      if (item.enabled !== false) {
        (item.click as () => void)();
        return;
      }
      showWindow();
      open();
    },
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
