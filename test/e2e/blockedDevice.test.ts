/** A device that the system keeps from Parley, on a system that has a page for that: the button leads there, and nowhere else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { joined } from '../support/gallery/callScreens';
import { Gallery } from '../support/gallery/gallery';

let desktop: DesktopApp;
let gallery: Gallery;

beforeAll(async () => {
  desktop = await startDesktop();
  gallery = await Gallery.of(desktop);
  // Electron's own code has long looked at the platform.
  await desktop.app.evaluate(({ shell }) => {
    Object.defineProperty(process, 'platform', { value: 'win32' });
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (address: string) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
});
afterAll(() => desktop.close());

const opened = () => desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
const button = () => desktop.button('Open system settings');

it.each([
  ['microphoneFault', 'ms-settings:privacy-microphone'],
  ['cameraFault', 'ms-settings:privacy-webcam'],
] as const)('%s', async (which, address) => {
  await gallery.show({ name: which, has: { ...joined({ [which]: 'blocked' }), privacySettings: true } });
  await button().click();
  await expect.poll(async () => (await opened()).at(-1)).toBe(address);
});

it('is offered for no other fault, and on no system without such a page', async () => {
  const blocked = joined({ microphoneFault: 'blocked', cameraFault: 'missing' });
  await gallery.show({ name: 'with a page', has: { ...blocked, privacySettings: true } });
  expect(await button().count()).toBe(1);
  await gallery.show({ name: 'without one', has: { ...blocked, privacySettings: false } });
  expect(await button().count()).toBe(0);
  await desktop.alert.getByText('Microphone is blocked by the system.').waitFor();
});
