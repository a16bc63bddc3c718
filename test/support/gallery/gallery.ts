/**
 * Brings the toolbar's real page to any screen: the main process owns the only state and tells it in whole snapshots, so
 * a snapshot that comes by the same channel is all that a screen takes. The app's own are held back meanwhile.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { PANEL_CHANNEL, SNAPSHOT_CHANNEL } from '../../../shared/ipc/channels';
import type { ParleyBridge } from '../../../shared/ipc/commands';
import type { Snapshot } from '../../../shared/ipc/snapshot';
import type { Language } from '../../../shared/languages';
import type { DesktopApp } from '../desktopApp';
import { type Changes, type Screen, snapshotOf } from './screen';

const folder = fileURLToPath(new URL('../../../out/pictures/', import.meta.url));

/** What the page notes of the snapshots that have come. */
interface Noted {
  parley: ParleyBridge;
  newestStep: number;
}

/** What a panel is known by. */
const PANEL = {
  settings: '.settings',
  devices: '.settings',
  updates: '.settings',
  about: '.settings',
  join: '.panel input',
  'free-notice': '.panel.warning',
} as const satisfies Record<NonNullable<Screen['panel']>, string>;

export class Gallery {
  readonly page: Page;
  readonly #desktop: DesktopApp;
  readonly #own: Snapshot;
  #step = 0;
  #panel: Screen['panel'];

  private constructor(desktop: DesktopApp, page: Page, own: Snapshot) {
    this.#desktop = desktop;
    this.page = page;
    this.#own = own;
  }

  /** Takes over a page of an app: the toolbar's, unless another is given. */
  static async of(desktop: DesktopApp, page: Page = desktop.shell): Promise<Gallery> {
    const own = await page.evaluate(() => {
      const noted = window as unknown as Noted;
      noted.parley.onSnapshot((snapshot) => {
        noted.newestStep = (snapshot as Snapshot & { step?: number }).step ?? 0;
      });
      return noted.parley.send('snapshot/read');
    });
    await desktop.app.evaluate(({ webContents }, channel) => {
      for (const contents of webContents.getAllWebContents()) {
        if ('sendFromTest' in contents) continue;
        const send = contents.send.bind(contents);
        Object.assign(contents, {
          sendFromTest: send,
          send: (to: string, ...rest: unknown[]) => {
            if (to !== channel) send(to, ...rest);
          },
        });
      }
    }, SNAPSHOT_CHANNEL);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    return new Gallery(desktop, page, own);
  }

  /** The window's page gets that much room, in CSS pixels. */
  async size(width: number, height = 720): Promise<void> {
    await this.page.setViewportSize({ width, height });
  }

  /** As the user's own font size does, which the page's is a share of. */
  async type(scale: number): Promise<void> {
    await this.page.evaluate((times) => {
      document.documentElement.style.fontSize = `${81.25 * times}%`;
    }, scale);
  }

  async theme(colorScheme: 'light' | 'dark'): Promise<void> {
    await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  }

  /** Shows a screen, and waits until it stands. */
  async show({ before, has, panel, at }: Screen, language: Language = 'en'): Promise<void> {
    // Nothing of the screen before is to live on in this one.
    await this.#push({}, language);
    if (this.#panel !== undefined) {
      await this.page.keyboard.press('Escape');
      await this.page.locator(PANEL[this.#panel]).waitFor({ state: 'detached' });
    }
    if (before !== undefined) await this.follow(before, language);
    await this.#push(has, language);
    this.#panel = panel;
    if (panel === 'free-notice') await this.page.getByRole('switch').click();
    else if (panel !== undefined) await this.#tell(PANEL_CHANNEL, panel);
    if (panel !== undefined) await this.page.locator(PANEL[panel]).waitFor();
    // Nothing is to look hovered over.
    await this.page.mouse.move(1, 400);
    if (at !== undefined) await this.page.locator(`#${at}`).evaluate((top) => top.scrollIntoView());
    await this.#painted();
  }

  /** Waits until the buttons of a question take clicks: they do not at first, so that none is meant for what was before. */
  async settled({ has: { link } }: Screen): Promise<void> {
    if (link !== undefined) await this.page.locator('.panel .primary:enabled').waitFor();
  }

  /** What comes next, with all that stands there kept; waits until it is painted. */
  async follow(has: Changes, language: Language = 'en'): Promise<void> {
    await this.#push(has, language);
    await this.#painted();
  }

  async #push(has: Changes, language: Language): Promise<void> {
    this.#step += 1;
    const snapshot = { ...snapshotOf(this.#own, { ...has, language }), step: this.#step };
    await this.#tell(SNAPSHOT_CHANNEL, snapshot);
    await this.page.waitForFunction(
      ([step, lang]) =>
        (window as unknown as Noted).newestStep === step && document.documentElement.lang === lang,
      [this.#step, language] as const,
    );
  }

  async #painted(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }

  async #tell(channel: string, message: unknown): Promise<void> {
    const url = this.page.url();
    await this.#desktop.app.evaluate(
      ({ webContents }, [address, to, what]) => {
        type Told = Electron.WebContents & { sendFromTest: Electron.WebContents['send'] };
        const page = webContents.getAllWebContents().find((contents) => contents.getURL() === address);
        (page as Told | undefined)?.sendFromTest(to, what);
      },
      [url, channel, message] as const,
    );
  }

  /** Keeps a picture of the page as it stands. */
  async shoot(name: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, name), animations: 'disabled', caret: 'hide' });
  }
}
