/** The menu of the tray icon and of the compact bar: the call's controls, by the state they are in. */
import type { MenuItemConstructorOptions } from 'electron';
import { type CallState, opensMicrophone } from '../../shared/callState';
import { nativeText } from '../i18n/text';

/** What can be done to a call from outside its window. */
export interface AwayActions {
  openWindow: () => void;
  setMicrophone: (on: boolean) => void;
  setCamera: (on: boolean) => void;
  stopSharing: () => void;
  leave: () => void;
  quit: () => void;
}

/** Opening the window, and the controls of a call that has been joined. */
export function callItems(call: CallState, actions: AwayActions): MenuItemConstructorOptions[] {
  const open = { label: nativeText('away.open'), click: actions.openWindow };
  const leave = { label: nativeText('away.leave'), click: actions.leave };
  if (call.phase !== 'joined') return [open, leave];
  const opens = opensMicrophone(call);
  const isSeen = call.camera === 'on';
  return [
    open,
    { type: 'separator' },
    {
      label: nativeText(opens ? 'away.unmute' : 'away.mute'),
      click: () => actions.setMicrophone(opens),
    },
    {
      label: nativeText(isSeen ? 'away.camera.off' : 'away.camera.on'),
      enabled: call.camera !== 'unknown',
      click: () => actions.setCamera(!isSeen),
    },
    ...(call.meeting.sharing ? [{ label: nativeText('away.share.stop'), click: actions.stopSharing }] : []),
    { type: 'separator' },
    leave,
  ];
}
