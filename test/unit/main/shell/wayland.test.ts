import { expect, it } from 'vitest';
import { askPortalForKeys, isWayland } from '../../../../main/shell/wayland';

it.each([
  ['linux', { XDG_SESSION_TYPE: 'wayland' }, true],
  ['linux', { XDG_SESSION_TYPE: 'x11' }, false],
  ['linux', {}, false],
  ['darwin', { XDG_SESSION_TYPE: 'wayland' }, false],
] as const)('a session of %s with %j: %s', (platform, environment, expected) => {
  expect(isWayland(platform, environment)).toBe(expected);
});

it.each([
  ['', 'GlobalShortcutsPortal'],
  ['WebRTCPipeWireCapturer,Other', 'WebRTCPipeWireCapturer,Other,GlobalShortcutsPortal'],
])('the portal is asked for keys, beside the features %j', (before, after) => {
  const switches = new Map([['enable-features', before]]);
  askPortalForKeys({
    getSwitchValue: (name) => switches.get(name) ?? '',
    appendSwitch: (name, value) => void switches.set(name, value),
  });
  expect([...switches]).toEqual([['enable-features', after]]);
});
