/** Electron as a plain web browser: one window, no preload. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type CDPSession, type Page } from 'playwright-core';
import { SANDBOX_ARGS, electronPath } from '../desktopApp';

const here = fileURLToPath(new URL('.', import.meta.url));

export interface PlainBrowser {
  page: Page;
  /** Lets pages run scripts, or not. Holds from the next page on. */
  scripts(allowed: boolean): Promise<void>;
  /** Width and height of the page, in CSS pixels. */
  size(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

export async function startPlainBrowser(): Promise<PlainBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'parley-browser-'));
  const app = await _electron.launch({
    executablePath: await electronPath(),
    args: [here, `--user-data-dir=${profile}`, ...SANDBOX_ARGS, '--use-fake-device-for-media-stream'],
    env: process.env as Record<string, string>,
    timeout: 30_000,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(20_000);
  const session: CDPSession = await page.context().newCDPSession(page);
  return {
    page,
    scripts: async (allowed) => {
      await session.send('Emulation.setScriptExecutionDisabled', { value: !allowed });
    },
    size: async (width, height) => {
      await session.send('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: 1,
        mobile: false,
      });
    },
    close: async () => {
      await app.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
