/** Where electron-updater learns of releases from us: it would read feeds of any length and follow them anywhere. */
import type { UpdateInfo } from 'electron-updater';
import {
  parseUpdateInfo,
  Provider,
  type ProviderRuntimeOptions,
  resolveFiles,
} from 'electron-updater/out/providers/Provider';
import type { ResolvedUpdateFileInfo } from 'electron-updater/out/types';
import type { UpdateFault } from '../../shared/updates';
import { readFeed } from './feed';
import type { FeedText } from './feedText';

export class FeedError extends Error {
  readonly fault: UpdateFault;

  constructor(fault: UpdateFault) {
    super(`The feed of updates is refused: ${fault.code}.`);
    this.fault = fault;
  }
}

export interface FeedOptions {
  provider: 'custom';
  updateProvider: typeof FeedProvider;
  /** Address of the folder that the feed and its files lie in, without a slash at its end. */
  address: string;
  arch: string;
  read: (url: string) => Promise<FeedText>;
}

export class FeedProvider extends Provider<UpdateInfo> {
  readonly #options: FeedOptions;
  readonly #platform: NodeJS.Platform;
  readonly #folder: URL;

  constructor(options: FeedOptions, _updater: unknown, runtime: ProviderRuntimeOptions) {
    super(runtime);
    this.#options = options;
    this.#platform = runtime.platform;
    this.#folder = new URL(`${options.address}/`);
  }

  /** @throws FeedError */
  async getLatestVersion(): Promise<UpdateInfo> {
    const name = `${this.getDefaultChannelName()}.yml`;
    const url = new URL(name, this.#folder);
    const answer = await this.#options.read(url.href);
    if (!answer.ok) throw new FeedError(answer.fault);
    const parsed = readFeed(yamlOf(answer.text, name, url), this.#platform, this.#options.arch);
    if (!parsed.ok) throw new FeedError(parsed.fault);
    const { version, file, notes, minimumSystemVersion } = parsed.release;
    return {
      version,
      files: file === undefined ? [] : [file],
      releaseNotes: notes,
      ...(minimumSystemVersion === undefined ? {} : { minimumSystemVersion }),
      // Of older releases of electron-updater; asked for by the type alone.
      ...{ path: file?.url ?? '', sha512: file?.sha512 ?? '', releaseDate: '' },
    };
  }

  /** @throws FeedError when the file lies on another server. */
  resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    const files = resolveFiles(info, this.#folder);
    if (files.some(({ url }) => url.origin !== this.#folder.origin))
      throw new FeedError({ code: 'untrusted' });
    return files;
  }
}

function yamlOf(text: string, name: string, url: URL): unknown {
  try {
    return parseUpdateInfo(text, name, url);
  } catch {
    throw new FeedError({ code: 'not-a-feed' });
  }
}
