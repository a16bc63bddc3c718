/** The built app in real Electron, driven as a person drives it: by names of buttons and fields. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, type Locator, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Root on Linux can run Chromium only so. */
export const SANDBOX_ARGS = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface DesktopOptions {
  /** Besides the environment of the tests. */
  env?: Readonly<Record<string, string>>;
  /** A profile's directory to use again; it is then kept. */
  profile?: string;
  /** Chromium's fake microphone and camera; without them this machine has none. Default true. */
  fakeDevices?: boolean;
  /** What the app is started with, such as a link. */
  args?: readonly string[];
}

let executable: Promise<string> | undefined;

/** The runtime that `npm start` would use. */
export function electronPath(): Promise<string> {
  executable ??= promisify(execFile)(process.execPath, [join(root, 'build/electronPath.mjs')]).then(
    ({ stdout }) => stdout.trim(),
  );
  return executable;
}

/** Starts the app and waits until its toolbar takes clicks. */
export async function startDesktop(options: DesktopOptions = {}): Promise<DesktopApp> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'parley-profile-')));
  const devices = options.fakeDevices === false ? [] : ['--use-fake-device-for-media-stream'];
  const app = await _electron.launch({
    executablePath: await electronPath(),
    args: [root, ...SANDBOX_ARGS, ...devices, ...(options.args ?? [])],
    env: {
      ...(process.env as Record<string, string>),
      // Whatever the tester's own system speaks.
      LANGUAGE: 'en',
      PARLEY_USER_DATA_DIR: profile,
      ...options.env,
    },
    timeout: 30_000,
  });
  const shell = await app.firstWindow();
  const desktop = new DesktopApp(app, shell, profile, options.profile === undefined);
  await shell.locator('[role=toolbar] > button:enabled').first().waitFor();
  return desktop;
}

export class DesktopApp {
  readonly app: ElectronApplication;
  /** The toolbar's page. */
  readonly shell: Page;
  readonly profile: string;
  readonly #ownsProfile: boolean;
  #output = '';

  constructor(app: ElectronApplication, shell: Page, profile: string, ownsProfile: boolean) {
    this.app = app;
    this.shell = shell;
    this.profile = profile;
    this.#ownsProfile = ownsProfile;
    // The longest the app itself waits for anything that is tested is 10 s.
    shell.setDefaultTimeout(20_000);
    const keep = (chunk: Buffer) => {
      this.#output += chunk.toString();
    };
    app.process().stdout?.on('data', keep);
    app.process().stderr?.on('data', keep);
  }

  /** All that the app has written to standard output and error. */
  get output(): string {
    return this.#output;
  }

  /** Ids of the app's processes. */
  async processIds(): Promise<number[]> {
    const children = await this.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
    return [...new Set([this.app.process().pid ?? 0, ...children])];
  }

  button(name: string): Locator {
    return this.shell.getByRole('button', { name, exact: true });
  }

  get status(): Locator {
    return this.shell.getByRole('status');
  }

  get alert(): Locator {
    return this.shell.getByRole('alert');
  }

  get freeSwitch(): Locator {
    return this.shell.getByRole('switch', { name: 'Free public Jitsi', exact: true });
  }

  field(name: string): Locator {
    return this.shell.getByRole('textbox', { name, exact: true });
  }

  /** Fills the settings form, saves it and goes back to the toolbar's own view. */
  async saveSettings({
    lobby,
    name,
    token,
  }: {
    lobby: string;
    name?: string;
    token?: string;
  }): Promise<void> {
    await this.button('Settings').click();
    await this.field('Lobby address').fill(lobby);
    if (name !== undefined) await this.field('Display name').fill(name);
    if (token !== undefined) await this.field('Access token').fill(token);
    await this.button('Save').click();
    await this.shell.getByText('Saved.', { exact: true }).waitFor();
    await this.button('Done').click();
  }

  /** Joins by "Join call" with a text. */
  async join(text: string): Promise<void> {
    await this.button('Join call').click();
    await this.field('Room name, meeting link or invite link').fill(text);
    await this.button('Join').click();
  }

  /** Waits until the status line says that the call is on, and gives the room it names. */
  async inCall(): Promise<string> {
    await this.status.getByText(/In call/).waitFor();
    return (await this.status.locator('.name').textContent()) ?? '';
  }

  /** Waits until the button shows that the microphone is open (`false`: not muted) or muted. */
  async microphoneMuted(muted: boolean): Promise<void> {
    await this.button('Mute microphone')
      .and(this.shell.locator(`[aria-pressed="${muted}"]`))
      .waitFor();
  }

  async leave(): Promise<void> {
    await this.button('Leave call').click();
    await this.ready();
  }

  /** Waits until the next call can be started. */
  async ready(): Promise<void> {
    await this.status.getByText('Ready', { exact: true }).waitFor();
    await this.button('Start voice call').and(this.shell.locator(':enabled')).waitFor();
  }

  /** The meeting's page, once its view is there. */
  async meeting(): Promise<Page> {
    const isMeeting = (page: Page) => /^https?:/.test(page.url());
    return this.app.windows().find(isMeeting) ?? this.app.waitForEvent('window', { predicate: isMeeting });
  }

  /** Whether the keyboard is on the meeting's page. */
  meetingHasFocus(): Promise<boolean> {
    return this.app.evaluate(({ webContents }) =>
      /^https?:/.test(webContents.getFocusedWebContents()?.getURL() ?? ''),
    );
  }

  /** The compact bar's page, once it is there. */
  async bar(): Promise<Page> {
    const isBar = (page: Page) => page.url().includes('/compactBar.html');
    return this.app.windows().find(isBar) ?? this.app.waitForEvent('window', { predicate: isBar });
  }

  /** Closes the window as its own button does. */
  async closeWindow(): Promise<void> {
    await this.app.evaluate(({ BrowserWindow }) => {
      const isShell = (window: Electron.BrowserWindow) => window.webContents.getURL().includes('/index.html');
      BrowserWindow.getAllWindows().find(isShell)?.close();
    });
  }

  /** Whether the big window is on screen. */
  windowShown(): Promise<boolean> {
    return this.app.evaluate(({ BrowserWindow }) => {
      const isShell = (window: Electron.BrowserWindow) => window.webContents.getURL().includes('/index.html');
      const window = BrowserWindow.getAllWindows().find(isShell);
      return window?.isVisible() === true && !window.isMinimized();
    });
  }

  /** Takes part in a call by free public Jitsi, and gives its room. */
  async startFreeCall(): Promise<string> {
    if ((await this.freeSwitch.getAttribute('aria-checked')) === 'false') {
      await this.freeSwitch.click();
      await this.button('Use free Jitsi').click();
      await this.freeSwitch.and(this.shell.locator('[aria-checked="true"]')).waitFor();
    }
    await this.button('Start voice call').click();
    const room = await this.inCall();
    await this.microphoneMuted(false);
    return room;
  }

  /** Quits the app; its profile goes too, unless it was brought along. */
  async close(): Promise<void> {
    await this.app.close();
    if (this.#ownsProfile) await rm(this.profile, { recursive: true, force: true });
  }
}
