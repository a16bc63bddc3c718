/**
 * The settings, from four layers: environment, policy, the user's own, default; the first that says something wins.
 * Every layer is parsed once, when read. The access token is not among them: it lives in the keychain.
 */
import { join } from 'node:path';
import type { SettingName, SettingsFault, ShownSettings } from '../../shared/ipc/snapshot';
import { isLaterVersion } from '../../shared/version';
import { log } from '../log';
import { readJsonFile, writeJsonFile } from './jsonFile';
import { setAside } from './setAside';
import {
  type ChosenValues,
  DEFAULTS,
  type Layer,
  parseLayer,
  POLICY_FILE_NAMES,
  POLICY_NAMES,
  USER_NAMES,
  type ValueName,
  type Values,
  VALUE_NAMES,
  VARIABLES,
} from './settingsTable';
import { USER_FILE } from './userFile';

export interface SettingsSources {
  /** The profile's directory. */
  directory: string;
  policyFile: string;
  /** What policy's file may not say on this system. Default: nothing. */
  unheardOfPolicy?: readonly ValueName[];
  environment: NodeJS.ProcessEnv;
  /** Of this Parley. */
  version: string;
}

/** Which Parley has written a user's file last: the latest of them, since an older one leaves its settings alone. */
const WRITTEN_BY = 'writtenBy';

export class Settings {
  readonly #path: string;
  readonly #environment: Layer;
  readonly #policy: Layer;
  #user: Layer;
  /** What the user's file says besides: settings of a later version, which that will look for. */
  readonly #kept: Readonly<Record<string, unknown>>;
  #fault: SettingsFault | undefined;
  #policyFault: SettingsFault | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, environment: Layer, policy: Layer, user: ReadLayer, version: string) {
    this.#path = path;
    this.#environment = environment;
    this.#policy = policy;
    this.#user = user.layer;
    const { writtenBy } = user;
    // A later version may know values that this one does not, and finds them again.
    const wrong = isLaterVersion(writtenBy, version) ? user.refused : {};
    this.#kept = {
      ...user.unknown,
      ...wrong,
      [WRITTEN_BY]: isLaterVersion(writtenBy, version) ? writtenBy : version,
    };
  }

  /** Reads all layers. A user file that cannot be read is kept aside, and defaults are used; nothing is thrown. */
  static async read(sources: SettingsSources): Promise<Settings> {
    const path = join(sources.directory, USER_FILE);
    const policy = await readLayer(sources.policyFile, POLICY_FILE_NAMES, sources.unheardOfPolicy);
    const user = await readLayer(path, USER_NAMES);
    const { version } = sources;
    const settings = new Settings(path, readEnvironment(sources.environment), policy.layer, user, version);
    if (policy.state !== 'whole') {
      const { state, wrong } = policy;
      settings.#policyFault = {
        file: sources.policyFile,
        keptAs: undefined,
        partly: state === 'partly',
        wrong,
      };
    }
    if (user.state !== 'whole') {
      const { wrong, writtenBy } = user;
      const partly = user.state === 'partly';
      settings.#fault = isLaterVersion(writtenBy, version)
        ? { file: path, keptAs: undefined, partly, wrong, later: writtenBy }
        : { file: path, keptAs: await setAside(path, partly), partly, wrong };
    }
    return settings;
  }

  get values(): Values {
    const values = { ...DEFAULTS, ...this.#user, ...this.#policy, ...this.#environment };
    // Of lobbies that policy names, one is always in use; another that the user had before is not.
    const offered = this.#policy.lobbies;
    const kept = offered === undefined || this.overridden.includes('lobbyUrl') || this.#isLocked('lobbyUrl');
    const lobbyUrl =
      kept || offered.includes(values.lobbyUrl) ? values.lobbyUrl : (offered[0] ?? values.lobbyUrl);
    const lobbies = [...new Set([...values.lobbies, lobbyUrl])].filter((origin) => origin !== '');
    return { ...values, lobbyUrl, lobbies };
  }

  /** What policy sets, and so the user cannot. */
  get locked(): readonly SettingName[] {
    return POLICY_NAMES.filter((name) => this.#isLocked(name));
  }

  /** What the environment sets for this run. */
  get overridden(): readonly SettingName[] {
    return POLICY_NAMES.filter((name) => this.#environment[name] !== undefined);
  }

  /** Whether the user's own file says anything of these. */
  hasChosen(...names: readonly ValueName[]): boolean {
    return names.some((name) => this.#user[name] !== undefined);
  }

  /** What the toolbar may see of all this. */
  get shown(): ShownSettings {
    const { values, locked, overridden } = this;
    const chosen = Object.fromEntries(POLICY_NAMES.map((name) => [name, values[name]])) as ChosenValues;
    return { ...chosen, freeNoticeRead: values.freeNoticeRead, locked, overridden };
  }

  /** Which layer a setting's value is from. */
  source(name: ValueName): 'environment' | 'policy' | 'user' | 'default' {
    if (this.#environment[name] !== undefined) return 'environment';
    if (this.#isLocked(name)) return 'policy';
    return this.#user[name] === undefined ? 'default' : 'user';
  }

  /** What was wrong with the user's own file, for the user to know; nothing more once it was written anew. */
  get fault(): SettingsFault | undefined {
    return this.#fault;
  }

  /** What is wrong with policy's file: no change of the user's makes it whole. */
  get policyFault(): SettingsFault | undefined {
    return this.#policyFault;
  }

  /**
   * Changes the user's own settings and writes them; writes follow one another.
   *
   * @throws the system's error when the file cannot be written; the settings are then as before.
   */
  async change(changes: Layer): Promise<void> {
    const write = this.#writing.then(async () => {
      const user: Layer = { ...this.#user, ...changes };
      await writeJsonFile(this.#path, { ...this.#kept, ...user });
      this.#user = user;
      this.#fault = undefined;
    });
    this.#writing = write.catch(() => undefined);
    await write;
  }

  #isLocked(name: ValueName): boolean {
    return this.#policy[name] !== undefined;
  }
}

interface ReadLayer {
  layer: Layer;
  /** `partly`: some settings in it are not what they may be; `unreadable`: it is no settings file at all. */
  state: 'whole' | 'partly' | 'unreadable';
  /** Names of what is not in force. */
  wrong: readonly string[];
  /** What has a name that no setting has. */
  unknown: Readonly<Record<string, unknown>>;
  /** What has a setting's name and a value that it cannot have, as it stands there. */
  refused: Readonly<Record<string, unknown>>;
  /** Version of Parley that wrote it; empty when it does not say. */
  writtenBy: string;
}

const NOTHING = { layer: {}, wrong: [], unknown: {}, refused: {}, writtenBy: '' } as const;

/** An absent file says nothing, and is whole. What it says of the `unheard` is wrong whatever it is. */
async function readLayer(
  path: string,
  names: readonly ValueName[],
  unheard: readonly ValueName[] = [],
): Promise<ReadLayer> {
  const content = await readJsonFile(path);
  if (content.kind === 'missing') return { ...NOTHING, state: 'whole' };
  const json = content.kind === 'value' ? content.json : undefined;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    log.warn('settings.unreadable', { file: path });
    return { ...NOTHING, state: 'unreadable' };
  }
  const said = json as Readonly<Record<string, unknown>>;
  const heard = names.filter((name) => !unheard.includes(name));
  const { layer, wrong: refusedValues } = parseLayer(said, heard);
  const settings = [...refusedValues, ...unheard.filter((name) => said[name] !== undefined)];
  const only = (wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(said).filter(([name]) => wanted(name)));
  const unknown = only((name) => name !== WRITTEN_BY && !VALUE_NAMES.some((known) => known === name));
  const refused = only((name) => settings.some((wrong) => wrong === name));
  const writtenBy = typeof said[WRITTEN_BY] === 'string' ? said[WRITTEN_BY] : '';
  const overrides = layer.config?.refused.map(({ name }) => `config.${name}`) ?? [];
  const wrong = [...settings, ...overrides];
  if (wrong.length === 0) return { layer, state: 'whole', wrong, unknown, refused, writtenBy };
  log.warn('settings.unreadable', { file: path, settings: wrong.join(', ') });
  return { layer, state: 'partly', wrong, unknown, refused, writtenBy };
}

function readEnvironment(environment: NodeJS.ProcessEnv): Layer {
  const said = Object.entries(VARIABLES).map(([name, variable]) => [name, environment[variable] ?? '']);
  const given = Object.fromEntries(said.filter(([, text]) => text !== '')) as Record<string, unknown>;
  const names = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[];
  const { layer, wrong } = parseLayer(given, names);
  for (const name of wrong) {
    const variable = VARIABLES[name as keyof typeof VARIABLES];
    log.warn('environment.ignored', { variable, reason: 'not a valid value' });
  }
  return layer;
}
