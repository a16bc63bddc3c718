/** How a device's button looks and what it does, in the toolbar and in the compact bar. */
import { type LucideIcon, Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { type CallState, type DeviceState, opensMicrophone } from '../shared/callState';

export interface DeviceFace {
  device: 'microphone' | 'camera';
  /** What the page says it is. */
  state: DeviceState;
  /** Crossed out for off, and for not known. */
  Icon: LucideIcon;
  /** "Mute microphone" is pressed while muted, "Turn on camera" while on. */
  pressed: boolean | 'mixed';
  /** Key of its word; with `.hint` behind it, of its tooltip. */
  words: `toolbar.${'microphone' | 'camera'}.${DeviceState}` | 'toolbar.microphone.closing';
  enabled: boolean;
  /** Whether a press opens the device. */
  opens: boolean;
}

type Joined = CallState & { phase: 'joined' };

/** Also while nobody knows whether one is heard it can be pressed: that says what shall be once the page can be told. */
export function microphoneFace(call: Joined | undefined): DeviceFace {
  const state = call?.microphone ?? 'unknown';
  const opens = call !== undefined && opensMicrophone(call);
  return {
    device: 'microphone',
    state,
    Icon: state === 'on' ? Mic : MicOff,
    pressed: { on: false, off: true, unknown: 'mixed' as const }[state],
    words: state === 'unknown' && opens ? 'toolbar.microphone.closing' : `toolbar.microphone.${state}`,
    enabled: call !== undefined,
    opens,
  };
}

export function cameraFace(call: Joined | undefined): DeviceFace {
  const state = call?.camera ?? 'unknown';
  return {
    device: 'camera',
    state,
    Icon: state === 'on' ? Video : VideoOff,
    pressed: { on: true, off: false, unknown: 'mixed' as const }[state],
    words: `toolbar.camera.${state}`,
    enabled: state !== 'unknown',
    opens: state === 'off',
  };
}
