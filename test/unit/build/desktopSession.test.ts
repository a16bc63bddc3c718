import { describe, expect, it } from 'vitest';
import { displayProblem, namespaceSwitch } from '../../../build/desktopSession.mjs';

describe('a desktop', () => {
  it('has a display on Linux, by X11 or Wayland', () => {
    expect(displayProblem({}, 'linux')).toMatch(/^No display: .*xvfb-run/);
    expect(displayProblem({ DISPLAY: ':0' }, 'linux')).toBeUndefined();
    expect(displayProblem({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBeUndefined();
    expect(displayProblem({}, 'darwin')).toBeUndefined();
  });

  it('lets the sandbox start unless a kernel setting takes namespaces away', () => {
    const settings = (values: Record<string, string>) => (file: string) => values[file];
    expect(namespaceSwitch(settings({}))).toBeUndefined();
    expect(
      namespaceSwitch(settings({ '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' })),
    ).toBe('kernel.apparmor_restrict_unprivileged_userns');
    expect(
      namespaceSwitch(settings({ '/proc/sys/kernel/unprivileged_userns_clone': '1\n' })),
    ).toBeUndefined();
  });
});
