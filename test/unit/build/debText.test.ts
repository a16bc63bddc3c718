import { describe, expect, it } from 'vitest';
import { controlText, debArch, dependencies, desktopEntry } from '../../../build/debText.mjs';

const config = {
  protocols: [{ name: 'Parley call', schemes: ['parley'] }],
  linux: {
    maintainer: 'The Parley developers',
    synopsis: 'Voice calls',
    category: 'Network',
    desktop: { entry: { Name: 'Parley' } },
  },
};

describe('the Debian package’s texts', () => {
  it('depend on what Parley needs, under the names of old and new releases, and on nothing that only the source tree needs', () => {
    expect(dependencies()).toContain('libgtk-3-0 | libgtk-3-0t64, ');
    expect(dependencies()).toContain('libsecret-1-0');
    expect(dependencies()).not.toMatch(/xvfb|xauth|dbus|gnome-keyring|openssl/);
  });

  it('put a version before a release before it', () => {
    const text = controlText({
      program: 'parley',
      version: '1.0.0-beta.1',
      arch: 'amd64',
      sizeKb: 7,
      config,
    });
    expect(text).toContain('Version: 1.0.0~beta.1\n');
    expect(text).toContain('Installed-Size: 7\n');
    expect(text.endsWith('Description: Voice calls\n')).toBe(true);
  });

  it('open links', () => {
    const entry = desktopEntry(config, '/opt/Parley/parley', 'parley');
    expect(entry.startsWith('[Desktop Entry]\nType=Application\n')).toBe(true);
    expect(entry).toContain('\nExec=/opt/Parley/parley %U\n');
    expect(entry).toContain('\nMimeType=x-scheme-handler/parley;\n');
  });

  it('name processors as Debian does', () => {
    expect(debArch('x64')).toBe('amd64');
    expect(() => debArch('vax')).toThrow('vax');
  });
});
