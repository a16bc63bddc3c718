/** The menu of the tray icon and of the compact bar: the call's controls, by the state they are in. */
import type { MenuItemConstructorOptions } from 'electron';
import { type CallState, opensMicrophone } from '../../shared/callState';
import { nativeText } from '../i18n/text';

/** What can be done to a call from outside its window. */
export interface AwayActions {
  openWindow: () => void;
  setMicrophone: (on: boolean) => void;
  setCamera: (on: boolean) => void;
  /** Shows the screen, after the picker in the window; or no more. */
  share: (on: boolean) => void;
  raiseHand: (on: boolean) => void;
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
  const { sharing, handRaised } = call.meeting;
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
    {
      label: nativeText(sharing ? 'away.share.stop' : 'away.share'),
      click: () => actions.share(!sharing),
    },
    {
      label: nativeText('more.hand'),
      type: 'checkbox',
      checked: handRaised,
      click: () => actions.raiseHand(!handRaised),
    },
    { type: 'separator' },
    leave,
  ];
}
