/** Quitting during a call asks, and leaving really leaves. */
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';

describe.runIf(process.platform === 'linux')('quitting', () => {
  let deployment: JitsiDeployment;
  let desktop: DesktopApp;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
  });
  afterAll(() => deployment.stop());
  beforeEach(async () => {
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
  });
  afterEach(() => desktop.close());

  /** The system's dialog answers by itself: with the button of this name. Gives what it was asked. */
  const answerDialog = (name: string) =>
    desktop.app.evaluate(({ dialog }, label) => {
      const asked: { message: string; buttons: string[] }[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = (...all: unknown[]) => {
        const options = all.at(-1) as Electron.MessageBoxOptions;
        asked.push({ message: options.message, buttons: options.buttons ?? [] });
        return Promise.resolve({ response: options.buttons?.indexOf(label) ?? 0, checkboxChecked: false });
      };
    }, name);
  const asked = () =>
    desktop.app.evaluate(
      () => (globalThis as unknown as { asked: { message: string; buttons: string[] }[] }).asked,
    );
  const quit = () => desktop.app.evaluate(({ app }) => setImmediate(() => app.quit()));
  const gone = (room: string) => deployment.waitFor(room, (people) => people.length === 0);

  it('without a call is quitting', async () => {
    await answerDialog('Stay');
    const exited = once(desktop.app.process(), 'exit');
    await quit();
    expect(await exited).toEqual([0, null]);
  });

  it('during a call asks; whoever stays is still heard', async () => {
    const room = await desktop.startFreeCall();
    await answerDialog('Stay');
    await quit();
    await expect.poll(asked).toEqual([{ message: 'You are in a call', buttons: ['Stay', 'Leave and quit'] }]);
    await desktop.microphoneMuted(false);
    expect(deployment.rooms().get(room)).toMatchObject([{ audioMuted: false }]);
    await desktop.leave();
  });

  it('during a call, answered so, leaves the room and ends every process', async () => {
    const room = await desktop.startFreeCall();
    const processes = await desktop.processIds();
    await answerDialog('Leave and quit');
    const exited = once(desktop.app.process(), 'exit');
    await quit();
    await gone(room);
    expect(await exited).toEqual([0, null]);
    await expect.poll(() => processes.filter(isRunning)).toEqual([]);
  });

  it('closing the window asks as well when nothing would stand in for it', async () => {
    await desktop.button('Settings').click();
    // The box shows what the settings are, once they are written: not at the very click.
    const box = desktop.shell.getByRole('checkbox', { name: /small bar/ });
    await box.click();
    await expect.poll(() => box.isChecked()).toBe(false);
    await desktop.button('Done').click();
    const room = await desktop.startFreeCall();
    await answerDialog('Stay');
    await desktop.closeWindow();
    await expect.poll(async () => (await asked()).length).toBe(1);
    expect(await desktop.windowShown()).toBe(true);
    await answerDialog('Leave and quit');
    const exited = once(desktop.app.process(), 'exit');
    await desktop.closeWindow();
    await gone(room);
    expect(await exited).toEqual([0, null]);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'by %s does not ask, and says goodbye',
    async (signal) => {
      const room = await desktop.startFreeCall();
      await answerDialog('Stay');
      const exited = once(desktop.app.process(), 'exit');
      desktop.app.process().kill(signal);
      await gone(room);
      expect(await exited).toEqual([0, null]);
    },
  );

  it('leaving a call leaves nothing behind: no page, no process, no device', async () => {
    const renderers = () =>
      desktop.app.evaluate(({ app }) => app.getAppMetrics().filter(({ type }) => type === 'Tab').length);
    const pages = () => desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
    const before = [await renderers(), await pages()];
    const room = await desktop.startFreeCall();
    expect([await renderers(), await pages()]).not.toEqual(before);
    await desktop.closeWindow();
    const bar = await desktop.bar();
    await bar.getByRole('status').dblclick();
    await expect.poll(() => desktop.windowShown()).toBe(true);
    await desktop.leave();
    await gone(room);
    await expect.poll(async () => [await renderers(), await pages()]).toEqual(before);
    const windows = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
