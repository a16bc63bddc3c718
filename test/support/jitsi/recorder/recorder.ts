import { execFile } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication } from 'playwright-core';
import { parseEntry, type Entry } from './entry';

/** The functions of `main.cjs` that the test calls. */
interface Functions {
  open(who: string, url: string): Promise<void>;
  post(who: string, text: string): void;
  press(who: string, label: string): Promise<void>;
  permit(granted: boolean): void;
  navigate(who: string, url: string): Promise<void>;
  address(who: string): string;
  close(who: string): void;
}

/** How long a page may take for one step of a recording. */
const PATIENCE_MS = 15_000;

const APP_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Starts the recorder in the repository's own Electron, with devices that Chromium fakes. It needs a display, as `npm test` gives. */
export async function startRecorder(): Promise<Recorder> {
  const run = promisify(execFile);
  const { stdout } = await run('npm', ['run', '--silent', 'electron:path']);
  const app = await _electron.launch({
    executablePath: stdout.trim(),
    args: [APP_FOLDER, '--no-sandbox', '--use-fake-device-for-media-stream'],
    cwd: APP_FOLDER,
  });
  return new Recorder(app);
}

/** An Electron host with named clients, and all that they have seen so far. */
export class Recorder {
  readonly entries: Entry[] = [];
  readonly #app: ElectronApplication;
  #onEntry: () => void = () => undefined;

  constructor(app: ElectronApplication) {
    this.#app = app;
    const output = app.process().stdout;
    if (!output) throw new Error('The recorder has no standard output.');
    createInterface({ input: output }).on('line', (line) => {
      const entry = parseEntry(line);
      if (!entry) return;
      this.entries.push(entry);
      this.#onEntry();
    });
  }

  /** True, on the entry itself, once what was seen is as asked for; false when it has not come in time. */
  until(predicate: (entries: readonly Entry[]) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE_MS);
      this.#onEntry = () => {
        if (!predicate(this.entries)) return;
        clearTimeout(timer);
        resolve(true);
      };
      this.#onEntry();
    });
  }

  call<Name extends keyof Functions>(
    name: Name,
    ...values: Parameters<Functions[Name]>
  ): Promise<Awaited<ReturnType<Functions[Name]>>> {
    return this.#app.evaluate(
      (_electron, call) => {
        const { recorder } = globalThis as unknown as {
          recorder: Record<string, (...v: unknown[]) => unknown>;
        };
        return recorder[call.name]?.(...call.values);
      },
      { name, values },
    ) as Promise<Awaited<ReturnType<Functions[Name]>>>;
  }

  async stop(): Promise<void> {
    await this.#app.close();
  }
}
