import { describe, expect, it } from 'vitest';
import {
  NEEDS,
  familyOf,
  installCommand,
  lostWithout,
  parseOsRelease,
} from '../../../build/linuxPackages.mjs';
import { missingNeeds, missingText } from '../../../build/systemPackages.mjs';

const BOOKWORM = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_CODENAME=bookworm\n';
const START = NEEDS.filter((need) => need.purpose === 'start');

const bare = { hasLibrary: () => false, hasProgram: () => false, hasDisplay: true };
const namesOf = (needs: readonly { name: string }[]) => needs.map((need) => need.name);

describe('the distribution', () => {
  it.each([
    [BOOKWORM, 'apt'],
    ['ID=debian\nVERSION_CODENAME=trixie\n', 'aptT64'],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=jammy\n', 'apt'],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n', 'aptT64'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=wilma\nUBUNTU_CODENAME=noble\n', 'aptT64'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=vera\nUBUNTU_CODENAME=jammy\n', 'apt'],
    ['ID=fedora\n', 'dnf'],
    ['ID=rocky\nID_LIKE="rhel centos fedora"\n', 'dnf'],
    ['ID=arch\n', 'pacman'],
    ['ID=nixos\n', 'unknown'],
  ])('of %j names packages as %s does', (text, family) => {
    expect(familyOf(parseOsRelease(text))).toBe(family);
  });
});

describe('what is missing', () => {
  it('to start is libraries and the opener of links; for all else, programs as well', () => {
    expect(namesOf(missingNeeds('start', bare))).toEqual([
      'libgtk-3.so.0',
      'libnss3.so',
      'libasound.so.2',
      'libgbm.so.1',
      'libsecret-1.so.0',
      'xdg-open',
      'libnotify.so.4',
      'libpulse.so.0',
    ]);
    const libraries = { ...bare, hasLibrary: () => true };
    expect(namesOf(missingNeeds('demo', libraries))).toEqual([
      'xdg-open',
      'dbus-run-session',
      'gnome-keyring-daemon',
    ]);
    expect(namesOf(missingNeeds('start', { ...libraries, hasDisplay: false }))).toEqual([
      'xdg-open',
      'Xvfb',
      'xauth',
    ]);
    expect(namesOf(missingNeeds('test', libraries))).toEqual([
      'xdg-open',
      'Xvfb',
      'import',
      'xauth',
      'openssl',
      'certutil',
      'slapd',
      'redis-server',
      'dbus-run-session',
      'gnome-keyring-daemon',
    ]);
    expect(missingNeeds('test', { ...libraries, hasProgram: () => true })).toEqual([]);
  });

  it('is said in one line, with the exact command', () => {
    expect(missingText(START, 'apt', false)).toBe(
      'Parley needs: sudo apt-get update && sudo apt-get install -y libgtk-3-0 libnss3 libasound2 libgbm1',
    );
    expect(missingText(START, 'aptT64', false)).toBe(
      'Parley needs: sudo apt-get update && sudo apt-get install -y libgtk-3-0t64 libnss3 libasound2t64 libgbm1',
    );
    expect(installCommand(START, 'dnf', false)).toBe('sudo dnf install -y gtk3 nss alsa-lib mesa-libgbm');
    expect(installCommand(START, 'pacman', false)).toBe('sudo pacman -S --needed gtk3 nss alsa-lib mesa');
  });

  it('is installed without sudo by root, whose system may have none', () => {
    expect(missingText(START, 'apt', true)).toBe(
      'Parley needs: apt-get update && apt-get install -y libgtk-3-0 libnss3 libasound2 libgbm1',
    );
  });

  it('is what Parley does not do without it, where it starts all the same', () => {
    const optional = NEEDS.filter(({ purpose }) => purpose !== 'start' && purpose !== 'test');
    expect(lostWithout(optional.slice(0, 1))).toBe('keep access tokens');
    expect(lostWithout(optional)).toBe(
      'keep access tokens, open links in the browser, show notices, share the sound devices with other programs ' +
        'and open windows with no desktop',
    );
    expect(lostWithout(START)).toBe('');
  });

  it('is named by its files where the packages are not known', () => {
    expect(missingText(START.slice(0, 2), 'unknown')).toBe('Parley needs: libgtk-3.so.0 libnss3.so');
  });
});
