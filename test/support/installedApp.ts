/** Parley as a system has it installed: found by its desktop entry, and driven over Chromium's own debugging port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** The fields of a desktop entry. */
export async function readDesktopEntry(file: string): Promise<Record<string, string>> {
  const lines = (await readFile(file, 'utf8')).matchAll(/^([A-Za-z]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

export class InstalledApp {
  readonly shell: Page;
  readonly #child: ChildProcess;
  readonly #browser: Browser;

  private constructor(child: ChildProcess, browser: Browser, shell: Page) {
    this.#child = child;
    this.#browser = browser;
    this.shell = shell;
  }

  /**
   * Starts what an entry says.
   * @param command of the entry, with `%U` for links
   */
  static async start(command: string, profile: string, env: NodeJS.ProcessEnv): Promise<InstalledApp> {
    const [program = '', ...args] = command.split(' ').filter((part) => part !== '%U');
    // An earlier run's port stays written where it was ended.
    await rm(join(profile, 'DevToolsActivePort'), { force: true });
    const child = spawn(
      program,
      [...args, '--remote-debugging-port=0', '--use-fake-device-for-media-stream'],
      {
        // The tests run as root, which Chromium lets run without its sandbox alone; a packed program takes no such switch
        // from a desktop entry.
        env: {
          ...process.env,
          ELECTRON_DISABLE_SANDBOX: '1',
          LANGUAGE: 'en',
          PARLEY_USER_DATA_DIR: profile,
          ...env,
        },
        stdio: 'ignore',
      },
    );
    const port = () => readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
    await expect.poll(port, { timeout: 30_000 }).toMatch(/^\d+\n/);
    // Electron knows no downloads folder, which is among the defaults.
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${(await port()).split('\n')[0] ?? ''}`, {
      noDefaults: true,
    });
    const pages = () => browser.contexts().flatMap((context) => context.pages());
    const find = () => pages().find((page) => page.url().includes('/index.html'));
    await expect.poll(find, { timeout: 30_000 }).toBeDefined();
    const shell = find();
    if (!shell) throw new Error('The window has gone.');
    return new InstalledApp(child, browser, shell);
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    // It may have quit by itself.
    const ended = exitCode === null && signalCode === null ? once(this.#child, 'exit') : undefined;
    await this.#browser.close();
    this.#child.kill();
    await ended;
  }
}
