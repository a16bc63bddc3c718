/**
 * The settings, from four layers: environment, policy, the user's own, default; the first that says something wins.
 * Every layer is parsed once, when read. The access token is not among them: it lives in the keychain.
 */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SettingName, Snapshot } from '../../shared/ipc/snapshot';
import { ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../shared/limits';
import { parseServerAddress, withoutTrailingSlash } from '../../shared/webUrl';
import { log } from '../log';
import { readJsonFile, writeJsonFile } from './jsonFile';

const Address = z
  .string()
  .max(ADDRESS_MAX)
  .transform((text, context) => {
    if (text.trim() === '') return '';
    const url = parseServerAddress(text);
    if (url !== undefined) return withoutTrailingSlash(url);
    context.addIssue({ code: 'custom', message: 'not an https address' });
    return z.NEVER;
  });

const layer = z.object({
  /** A lobby stands at the top of its origin; what a person pasted behind that is dropped. */
  lobbyUrl: Address.transform((address) => (address === '' ? '' : new URL(address).origin)).optional(),
  /** An empty one says nothing: free calls always have somewhere to go. */
  freeUrl: Address.transform((address) => (address === '' ? undefined : address)).optional(),
  displayName: z.string().trim().max(DISPLAY_NAME_MAX).optional(),
  freeMode: z.boolean().optional(),
  freeNoticeRead: z.boolean().optional(),
  /** Lobby origins whose token was put into the keychain. */
  tokenOrigins: z.array(z.string().max(ADDRESS_MAX)).readonly().optional(),
  compactBar: z.boolean().optional().catch(undefined),
  /** Chords that are not the default ones, by shortcut. */
  shortcuts: z.record(z.string(), z.string()).readonly().optional().catch(undefined),
});
type Layer = z.infer<typeof layer>;

interface Values extends Omit<Snapshot['settings'], 'locked' | 'overridden'> {
  tokenOrigins: readonly string[];
  compactBar: boolean;
  shortcuts: Readonly<Record<string, string>>;
}

const DEFAULTS: Values = {
  lobbyUrl: '',
  freeUrl: 'https://meet.jit.si',
  displayName: '',
  freeMode: false,
  freeNoticeRead: false,
  tokenOrigins: [],
  compactBar: true,
  shortcuts: {},
};

const NAMES: readonly SettingName[] = ['lobbyUrl', 'freeUrl', 'displayName', 'freeMode'];

/** The user's own file, in the profile's directory. */
const USER_FILE = 'settings.json';

export interface SettingsSources {
  /** The profile's directory. */
  directory: string;
  policyFile: string;
  environment: NodeJS.ProcessEnv;
}

export class Settings {
  readonly #path: string;
  readonly #environment: Layer;
  readonly #policy: Layer;
  #user: Layer;
  #fault: Snapshot['settingsFault'];
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, environment: Layer, policy: Layer, user: Layer) {
    this.#path = path;
    this.#environment = environment;
    this.#policy = policy;
    this.#user = user;
  }

  /** Reads all layers. A user file that cannot be read is kept aside, and defaults are used; nothing is thrown. */
  static async read(sources: SettingsSources): Promise<Settings> {
    const path = join(sources.directory, USER_FILE);
    const policy = await readLayer(sources.policyFile);
    const user = await readLayer(path);
    const environment = readEnvironment(sources.environment);
    const settings = new Settings(path, environment, policy ?? {}, user ?? {});
    if (policy === undefined) settings.#fault = { file: sources.policyFile, keptAs: undefined };
    if (user === undefined) settings.#fault = { file: path, keptAs: await keepAside(path) };
    return settings;
  }

  get values(): Values {
    return { ...DEFAULTS, ...said(this.#user), ...said(this.#policy), ...said(this.#environment) };
  }

  /** What policy sets, and so the user cannot. */
  get locked(): readonly SettingName[] {
    return NAMES.filter((name) => this.#policy[name] !== undefined);
  }

  /** What the environment sets for this run. */
  get overridden(): readonly SettingName[] {
    return NAMES.filter((name) => this.#environment[name] !== undefined);
  }

  /** A file that could not be read, for the user to know. */
  get fault(): Snapshot['settingsFault'] {
    return this.#fault;
  }

  /**
   * Changes the user's own settings and writes them; writes follow one another.
   *
   * @throws the system's error when the file cannot be written; the settings are then as before.
   */
  async change(changes: Partial<Values>): Promise<void> {
    const write = this.#writing.then(async () => {
      const user: Layer = { ...this.#user, ...changes };
      await writeJsonFile(this.#path, user);
      this.#user = user;
      this.#fault = undefined;
    });
    this.#writing = write.catch(() => undefined);
    await write;
  }
}

/** A layer without the settings it says nothing of. */
function said(from: Layer): Partial<Values> {
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined));
}

/** `undefined` when there is a file that is not a settings file; an absent file says nothing. */
async function readLayer(path: string): Promise<Layer | undefined> {
  const content = await readJsonFile(path);
  if (content.kind === 'missing') return {};
  const parsed = content.kind === 'value' ? layer.safeParse(content.json) : undefined;
  if (parsed?.success === true) return parsed.data;
  log.warn('settings.unreadable', { file: path });
  return undefined;
}

async function keepAside(path: string): Promise<string | undefined> {
  const aside = `${path}.unreadable`;
  try {
    await rename(path, aside);
    return aside;
  } catch {
    return undefined;
  }
}

function readEnvironment(environment: NodeJS.ProcessEnv): Layer {
  const result: Layer = {};
  const variables = {
    lobbyUrl: 'PARLEY_LOBBY_URL',
    freeUrl: 'PARLEY_FREE_URL',
    displayName: 'PARLEY_DISPLAY_NAME',
  } as const;
  for (const [name, variable] of Object.entries(variables) as [keyof typeof variables, string][]) {
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    const value = layer.shape[name].safeParse(text);
    if (value.success && value.data !== undefined) result[name] = value.data;
    else log.warn('environment.ignored', { variable, reason: 'not a valid value' });
  }
  return result;
}
