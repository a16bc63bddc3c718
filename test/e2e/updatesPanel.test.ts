/** Later versions as the settings show them; from the source tree Parley only tells of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axeFindings';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { startUpdateServer, type UpdateServer } from '../support/updateServer';

describe.runIf(process.platform === 'linux')('updates in the settings', () => {
  let server: UpdateServer;
  let desktop: DesktopApp;
  beforeAll(async () => {
    server = await startUpdateServer();
    server.offer({
      version: '0.3.0',
      content: Buffer.from('later'),
      notes: Array.from({ length: 30 }, (_, line) => `- Change ${line} of a release`).join('\n'),
    });
    desktop = await startDesktop({ env: { PARLEY_UPDATE_URL: server.address } });
  });
  afterAll(async () => {
    await desktop.close();
    await server.stop();
  });

  it('are looked for by the menu, which leads there', async () => {
    await desktop.app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
      items?.find(({ label }) => label === 'Check for updates…')?.click();
    });
    await desktop.shell
      .getByRole('heading', { name: 'Updates', exact: true })
      .and(desktop.shell.locator(':focus'))
      .waitFor();
    await desktop.shell
      .getByText('Parley 0.3.0 is available. Install it the way this one was installed')
      .waitFor();
    await desktop.shell.getByText('Set by an environment variable for this run').waitFor();
    expect(server.asked).toEqual(['/parley/latest-linux.yml']);
  });

  it.each(['light', 'dark'] as const)(
    'can be read and used by everybody, in the %s theme',
    async (colorScheme) => {
      await desktop.shell.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(desktop.shell)).toEqual([]);
    },
  );

  it('stand in the status bar, quietly', async () => {
    await desktop.button('Done').click();
    await desktop.shell.locator('footer').getByRole('button', { name: 'Parley 0.3.0 is available' }).click();
    await desktop.shell.getByRole('region', { name: 'What is new in 0.3.0' }).waitFor();
  });
});
