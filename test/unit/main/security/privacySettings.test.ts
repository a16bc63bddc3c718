/** The system’s page for who may use a device. */
import { beforeEach, expect, it, vi } from 'vitest';
import { hasPrivacySettings, openPrivacySettings } from '../../../../main/security/navigation';

const { openExternal } = vi.hoisted(() => ({ openExternal: vi.fn<(address: string) => Promise<void>>() }));
vi.mock('electron', () => ({ shell: { openExternal } }));

beforeEach(() => {
  openExternal.mockReset().mockResolvedValue();
});
const opened = () => openExternal.mock.calls.flat();

it.each([
  ['darwin', 'microphone', 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone'],
  ['darwin', 'camera', 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera'],
  ['win32', 'microphone', 'ms-settings:privacy-microphone'],
  ['win32', 'camera', 'ms-settings:privacy-webcam'],
] as const)('on %s, for the %s, it is %s', (platform, device, address) => {
  expect(hasPrivacySettings(platform)).toBe(true);
  openPrivacySettings(platform, device);
  expect(opened()).toEqual([address]);
});

it('is not there on Linux, nor on a system that nobody knows', () => {
  for (const platform of ['linux', 'freebsd'] as const) {
    expect(hasPrivacySettings(platform)).toBe(false);
    openPrivacySettings(platform, 'microphone');
  }
  expect(opened()).toEqual([]);
});

it('that does not open costs nothing else', async () => {
  openExternal.mockRejectedValue(new Error('no such page'));
  openPrivacySettings('win32', 'camera');
  await vi.waitFor(() => expect(openExternal.mock.settledResults[0]?.type).toBe('rejected'));
});
