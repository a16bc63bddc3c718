/** That one talks while muted is said when the page hears it, and at no other time. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { joined } from '../support/gallery/callScreens';
import { Gallery } from '../support/gallery/gallery';

let desktop: DesktopApp;
let gallery: Gallery;

beforeAll(async () => {
  desktop = await startDesktop();
  gallery = await Gallery.of(desktop);
  await desktop.shell.clock.install();
});
afterAll(() => desktop.close());

const counted = (talkedMuted: number) => joined({ microphone: 'off' }, { talkedMuted });
const isSaid = () => desktop.alert.getByText('You are muted.').isVisible();

it('is not said by what was heard before there was anything to say it', async () => {
  await gallery.show({ name: 'opened later', has: counted(1) });
  expect(await isSaid()).toBe(false);
  await gallery.follow(counted(2));
  expect(await isSaid()).toBe(true);
});

it('is said for a while, and as long again when it goes on', async () => {
  await gallery.show({ name: 'talks', before: counted(0), has: counted(1) });
  await desktop.shell.clock.runFor(5_000);
  await gallery.follow(counted(2));
  await desktop.shell.clock.runFor(5_000);
  expect(await isSaid()).toBe(true);
  await desktop.shell.clock.runFor(5_000);
  expect(await isSaid()).toBe(false);
});

it('is not said because the room was entered anew, and then is when the new page hears it', async () => {
  await gallery.show({ name: 'talks', before: counted(0), has: counted(1) });
  await desktop.shell.clock.runFor(10_000);
  expect(await isSaid()).toBe(false);
  await gallery.follow(counted(0));
  expect(await isSaid()).toBe(false);
  await gallery.follow(counted(1));
  expect(await isSaid()).toBe(true);
});
