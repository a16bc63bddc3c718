/** All channels of the main process, with wrong senders and with right senders that say wrong things. */
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_CHANNEL, PAGE_MESSAGE_CHANNEL } from '../../shared/ipc/channels';
import { type CommandName, commands } from '../../shared/ipc/commands';
import { SCOPE } from '../../shared/jitsi/limits';
import { type DesktopApp, startDesktop } from '../support/desktopApp';
import { type JitsiDeployment, startDeployment } from '../support/jitsi/deployment';
import { type OtherSite, startOtherSite } from '../support/otherSite';

const PRELOAD = fileURLToPath(new URL('../support/hostilePreload.cjs', import.meta.url));
const COMMANDS = Object.keys(commands) as CommandName[];
const PAYLOADS = 10_000;
/** So many at a time: as fast as a page could, without one answer that is megabytes long. */
const BATCH = 1_000;

/** What the hostile preload puts on a page's window. */
interface Wired {
  wire: {
    ask(channel: string, ...given: unknown[]): Promise<'answered' | 'refused'>;
    say(channel: string, ...given: unknown[]): void;
  };
}
/** What Parley's own preload puts there. */
interface Bridged {
  parley: { send(name: string, argument?: unknown): Promise<unknown> };
}

/** A message that, if it were believed, would end the call. */
const END = JSON.stringify({
  postis: true,
  scope: SCOPE,
  method: 'message',
  params: { type: 'event', data: { name: 'video-ready-to-close' } },
});

describe('the channels of the main process', () => {
  let deployment: JitsiDeployment;
  let elsewhere: OtherSite;
  let other: string;
  let desktop: DesktopApp;
  let meeting: Page;

  beforeAll(async () => {
    deployment = await startDeployment({ tokenRequired: false });
    elsewhere = await startOtherSite();
    other = elsewhere.url;
    desktop = await startDesktop({ env: { PARLEY_FREE_URL: deployment.url } });
    await desktop.app.evaluate(
      // What came after it is not there in Electron 25.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      ({ app }, preload) => app.on('session-created', (made) => made.setPreloads([preload])),
      PRELOAD,
    );
    await desktop.startFreeCall();
    meeting = await desktop.meeting();
  });
  afterAll(async () => {
    await desktop.close();
    await deployment.stop();
    elsewhere.stop();
  });

  /** The call is on, and the microphone as it was, once main has heard all that was said to it. */
  async function untouched(): Promise<void> {
    await askAll(meeting);
    const snapshot = await desktop.shell.evaluate(() =>
      (window as unknown as Bridged).parley.send('snapshot/read'),
    );
    expect(snapshot).toMatchObject({ call: { phase: 'joined' } });
    await desktop.status.getByText(/In call/).waitFor();
    await desktop.microphoneMuted(false);
    expect(await desktop.alert.count()).toBe(0);
  }

  /** A window beside the app's, with the hostile preload, as an injected page would have it. */
  async function openWindow(url: string): Promise<Page> {
    const opened = desktop.app.waitForEvent('window');
    await desktop.app.evaluate(
      ({ BrowserWindow }, [address, preload]) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload: preload ?? '', sandbox: true },
        });
        void window.loadURL(address ?? '');
      },
      [url, PRELOAD],
    );
    const page = await opened;
    await page.waitForURL(url);
    return page;
  }

  const askAll = (page: Page) =>
    page.evaluate(
      async ([channel, names]) => {
        const { wire } = window as unknown as Wired;
        const answers = await Promise.all(names.map((name) => wire.ask(channel, name)));
        return [...new Set(answers)];
      },
      [COMMAND_CHANNEL, COMMANDS] as const,
    );

  it('are two, and no other listens', async () => {
    const heard = await desktop.app.evaluate(({ ipcMain }) => {
      const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, unknown> };
      // Electron itself listens to `error`, and does nothing then.
      const listened = ipcMain.eventNames().filter((name) => name !== 'error');
      return [...listened.map(String), ...handlers.keys()].sort();
    });
    expect(heard).toEqual([COMMAND_CHANNEL, PAGE_MESSAGE_CHANNEL].sort());
  });

  it('take no command from the meeting page, whatever it is', async () => {
    expect(await askAll(meeting)).toEqual(['refused']);
    await untouched();
  });

  it("take nothing from a page of another origin, nor from one of Parley's origin that it did not open", async () => {
    for (const url of [`${other}/`, 'parley-app://shell/index.html']) {
      const page = await openWindow(url);
      expect(await askAll(page)).toEqual(['refused']);
      await page.evaluate(
        ([channel, text]) => (window as unknown as Wired).wire.say(channel ?? '', text),
        [PAGE_MESSAGE_CHANNEL, END],
      );
      expect(await askAll(page)).toEqual(['refused']);
      await page.close();
    }
    await untouched();
  });

  it('take nothing from a frame in the pages that they do listen to', async () => {
    await meeting.evaluate(async (src) => {
      const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { src }));
      await new Promise((loaded) => frame.addEventListener('load', loaded, { once: true }));
    }, `${deployment.url}/static/close.html`);
    const refusals = await desktop.app.evaluate(
      async ({ ipcMain, webContents }, [command, message, names, text]) => {
        const { _invokeHandlers: handlers } = ipcMain as unknown as {
          _invokeHandlers: Map<string, (...given: unknown[]) => Promise<unknown>>;
        };
        const all = webContents.getAllWebContents();
        const page = all.find((each) => each.getURL().startsWith('http'));
        const toolbar = all.find((each) => each.getURL().startsWith('parley-app:'));
        const inside = page?.mainFrame.frames[0];
        const carryOut = handlers.get(command);
        if (inside === undefined || carryOut === undefined) return ['no frame, or no handler'];
        ipcMain.emit(message, { sender: page, senderFrame: inside }, text);
        ipcMain.emit(message, { sender: page, senderFrame: null }, text);
        ipcMain.emit(message, { sender: toolbar, senderFrame: toolbar?.mainFrame }, text);
        const wrong = [
          { sender: toolbar, senderFrame: inside },
          { sender: toolbar, senderFrame: null },
          { sender: toolbar, senderFrame: page?.mainFrame },
          { sender: page, senderFrame: toolbar?.mainFrame },
        ];
        const answers = await Promise.all(
          wrong.flatMap((event) =>
            names.map((name) =>
              carryOut(event, name).then(
                () => 'answered',
                () => 'refused',
              ),
            ),
          ),
        );
        return [...new Set(answers)];
      },
      [COMMAND_CHANNEL, PAGE_MESSAGE_CHANNEL, COMMANDS, END] as const,
    );
    expect(refusals).toEqual(['refused']);
    await untouched();
  });

  it(`refuse ${PAYLOADS} commands that do not fit, from the toolbar itself`, async () => {
    const name = fc.oneof(
      fc.constantFrom(...COMMANDS),
      fc.string(),
      fc.constantFrom('__proto__', 'constructor'),
    );
    const known = (text: string): text is CommandName => Object.hasOwn(commands, text);
    const wrong = fc
      .tuple(name, fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 2_000 })))
      .filter(([text, argument]) => !known(text) || !commands[text].safeParse(argument).success);
    const payloads = fc.sample(wrong, PAYLOADS) as [string, unknown][];
    const answered: unknown[] = [];
    for (let start = 0; start < PAYLOADS; start += BATCH) {
      answered.push(
        ...(await desktop.shell.evaluate(
          async (given) => {
            const { parley } = window as unknown as Bridged;
            const answers = await Promise.all(
              given.map(([text, argument]) =>
                parley.send(text, argument).then(
                  () => text,
                  () => undefined,
                ),
              ),
            );
            return answers.filter((answer) => answer !== undefined);
          },
          payloads.slice(start, start + BATCH),
        )),
      );
    }
    expect(answered).toEqual([]);
    await untouched();
  });

  it(`are not moved by ${PAYLOADS} messages that say nothing, from the meeting page's own process`, async () => {
    const inEnvelope = fc
      .tuple(fc.constantFrom(SCOPE, 'jitsi_meet_external_api_1'), fc.jsonValue())
      .map(([scope, params]) => JSON.stringify({ postis: true, scope, method: 'message', params }));
    const texts = fc.oneof(inEnvelope, fc.string({ unit: 'binary', maxLength: 500 }), fc.jsonValue());
    const huge = `${END}${' '.repeat(70_000)}`;
    const payloads: unknown[] = [...fc.sample(texts, PAYLOADS - 2), huge, [END]];
    for (let start = 0; start < PAYLOADS; start += BATCH) {
      await meeting.evaluate(
        ([channel, given]) => {
          for (const each of given) (window as unknown as Wired).wire.say(channel, each);
        },
        [PAGE_MESSAGE_CHANNEL, payloads.slice(start, start + BATCH)] as const,
      );
    }
    await untouched();
    await desktop.leave();
  });

  it("take nothing from the toolbar's own window once it shows another page, bridge or not", async () => {
    await desktop.app.evaluate(({ webContents }, url) => {
      const toolbar = webContents.getAllWebContents().find((each) => each.getURL().startsWith('parley-app:'));
      return toolbar?.loadURL(url);
    }, `${other}/`);
    await desktop.shell.waitForURL(`${other}/`);
    const answer = await desktop.shell.evaluate(() =>
      (window as unknown as Bridged).parley.send('snapshot/read').then(
        () => 'answered',
        (error: unknown) => String(error),
      ),
    );
    expect(answer).toContain('This page may not send commands.');
  });
});
