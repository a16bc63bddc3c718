/** What the tray icon shows of a call: a shape, and a line of words. */
import type { CallState } from '../../shared/callState';
import { nativeText } from '../i18n/text';

/** A shape for each state, not a colour alone: dots, a microphone, a crossed out one, a screen with either. */
export type TrayShape = 'idle' | 'live' | 'muted' | 'sharingLive' | 'sharingMuted';

export interface TrayFace {
  shape: TrayShape;
  tooltip: string;
}

export function trayFace(call: CallState): TrayFace {
  if (call.phase !== 'joined') return { shape: 'idle', tooltip: nativeText('tray.calling') };
  const room = call.room.name;
  const state = { on: 'live', off: 'muted', unknown: 'unknown' } as const;
  const heard = nativeText(`tray.${state[call.microphone]}`, { room });
  if (call.meeting.sharing) {
    return {
      shape: call.microphone === 'on' ? 'sharingLive' : 'sharingMuted',
      tooltip: nativeText('tray.sharing', { state: heard }),
    };
  }
  return {
    shape: { on: 'live', off: 'muted', unknown: 'idle' }[call.microphone] as TrayShape,
    tooltip: heard,
  };
}
