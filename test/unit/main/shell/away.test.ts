/** What the tray icon and the menus outside the window say of a call. */
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { callItems } from '../../../../main/shell/awayMenu';
import { trayFace } from '../../../../main/shell/trayFace';
import { type CallState, type DeviceState, IDLE, next } from '../../../../shared/callState';
import { newRoom } from '../call/runningSession';

function joined(microphone: DeviceState, camera: DeviceState = 'off', sharing = false): CallState {
  const intent = { target: { kind: 'new' as const }, media: 'audio' as const, free: false };
  const event = { name: 'video-conference-joined' as const, roomName: 'brisk-otter', id: 'me' };
  return [
    { type: 'requested' as const, intent },
    { type: 'opened' as const, room: newRoom(false) },
    { type: 'page' as const, event, at: 0 },
    { type: 'device' as const, device: 'microphone' as const, state: microphone },
    { type: 'device' as const, device: 'camera' as const, state: camera },
    {
      type: 'page' as const,
      event: { name: 'screen-sharing-status-changed' as const, on: sharing },
      at: 0,
    },
  ].reduce<CallState>(next, IDLE);
}

describe('the tray icon', () => {
  it.each<[string, CallState, string, string]>([
    ['on the way in', IDLE, 'idle', 'Parley: entering a call'],
    ['heard', joined('on'), 'live', 'Parley: in brisk-otter, others hear you'],
    ['muted', joined('off'), 'muted', 'Parley: in brisk-otter, muted'],
    ['not known', joined('unknown'), 'idle', 'Parley: in brisk-otter, microphone not known'],
    [
      'heard and sharing',
      joined('on', 'off', true),
      'sharingLive',
      'Parley: in brisk-otter, others hear you, others see your screen',
    ],
    [
      'muted and sharing',
      joined('off', 'off', true),
      'sharingMuted',
      'Parley: in brisk-otter, muted, others see your screen',
    ],
  ])('%s', (_what, call, shape, tooltip) => {
    expect(trayFace(call)).toEqual({ shape, tooltip });
  });
});

describe('the menu', () => {
  function menuOf(call: CallState) {
    const done: string[] = [];
    const items = callItems(call, {
      openWindow: () => done.push('open'),
      setMicrophone: (on) => done.push(`microphone ${on}`),
      setCamera: (on) => done.push(`camera ${on}`),
      share: (on) => done.push(`share ${on}`),
      raiseHand: (on) => done.push(`hand ${on}`),
      leave: () => done.push('leave'),
      quit: () => done.push('quit'),
    });
    const labels = items.flatMap(({ label, enabled }) =>
      label === undefined ? [] : [enabled === false ? `(${label})` : label],
    );
    const press = (label: string) => {
      const item = items.find((each) => each.label === label) as MenuItemConstructorOptions & {
        click: () => void;
      };
      item.click();
      return done.at(-1);
    };
    return { labels, press };
  }

  it('has what can be done now, and does it', () => {
    const live = menuOf(joined('on', 'off'));
    expect(live.labels).toEqual([
      ...['Open Parley', 'Mute microphone', 'Turn on camera', 'Share screen…', 'Raise hand', 'Leave call'],
    ]);
    expect(live.press('Mute microphone')).toBe('microphone false');
    expect(live.press('Turn on camera')).toBe('camera true');
    expect(live.press('Share screen…')).toBe('share true');
    expect(live.press('Raise hand')).toBe('hand true');
    expect(live.press('Leave call')).toBe('leave');
    const muted = menuOf(joined('off', 'on', true));
    expect(muted.labels).toEqual([
      ...['Open Parley', 'Unmute microphone', 'Turn off camera', 'Stop sharing', 'Raise hand', 'Leave call'],
    ]);
    expect(muted.press('Unmute microphone')).toBe('microphone true');
    expect(muted.press('Turn off camera')).toBe('camera false');
    expect(muted.press('Stop sharing')).toBe('share false');
    expect(muted.press('Open Parley')).toBe('open');
  });

  it('can mute what is not known, and opens no camera by guess', () => {
    const unknown = menuOf(joined('unknown', 'unknown'));
    expect(unknown.labels).toEqual([
      ...['Open Parley', 'Mute microphone', '(Turn on camera)', 'Share screen…', 'Raise hand', 'Leave call'],
    ]);
    expect(unknown.press('Mute microphone')).toBe('microphone false');
  });
});
