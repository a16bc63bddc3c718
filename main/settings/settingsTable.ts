/** Every setting there is: what it may be, and what it is when nobody says anything. A new setting is one line here. */
import { z } from 'zod';
import type { DeviceMemory } from '../../shared/devices';
import { FIRST_RUN_STAGES, type FirstRunDraft, type FirstRunStage } from '../../shared/firstRun';
import { type ReadOverrides, readOverrides } from '../../shared/jitsi/configOverrides';
import { ADDRESS_MAX, DISPLAY_NAME_MAX } from '../../shared/limits';
import { Media } from '../../shared/lobbyApi';
import { preferenceSchemas } from '../../shared/preferences';
import { parseServerAddress, withoutTrailingSlash } from '../../shared/webUrl';

/** Most lobbies that are kept. */
const LOBBIES_MAX = 50;

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

/** A lobby stands at the top of its origin; what a person pasted behind that is dropped. */
const LobbyOrigin = Address.transform((address) => (address === '' ? '' : new URL(address).origin));

interface Setting<Value> {
  /** Gives `undefined` for a value that says nothing. */
  schema: z.ZodType<Value | undefined>;
  otherwise: Value;
}

const setting = <Value>(schema: z.ZodType<Value | undefined>, otherwise: Value): Setting<Value> => ({
  schema,
  otherwise,
});

const { startMuted, cameraOff, audioOnly, keepRecentCalls, compactBar, theme, language } = preferenceSchemas;
const { peopleNotices, attentionNotices } = preferenceSchemas;

/** What the user, or policy for them, sets. */
const chosen = {
  lobbyUrl: setting(LobbyOrigin, ''),
  lobbies: setting<readonly string[]>(z.array(LobbyOrigin).max(LOBBIES_MAX), []),
  /** An empty one says nothing: free calls always have somewhere to go. */
  freeUrl: setting(
    Address.transform((address) => (address === '' ? undefined : address)),
    'https://meet.jit.si',
  ),
  displayName: setting(z.string().trim().max(DISPLAY_NAME_MAX), ''),
  freeMode: setting(z.boolean(), false),
  startMuted: setting(startMuted, false),
  cameraOff: setting(cameraOff, false),
  audioOnly: setting(audioOnly, false),
  keepRecentCalls: setting(keepRecentCalls, true),
  compactBar: setting(compactBar, true),
  peopleNotices: setting(peopleNotices, true),
  attentionNotices: setting(attentionNotices, true),
  theme: setting(theme, 'system'),
  language: setting(language, 'system'),
  /** Address of a folder with later versions of Parley; empty: nobody looks for any. */
  updateUrl: setting(Address, ''),
} as const;

const deviceChoice = z.object({
  kind: z.enum(['audioinput', 'audiooutput', 'videoinput']),
  present: z.array(z.string()).readonly(),
  chosen: z.string(),
});

/** How far the first run has come, and what was typed in it. */
export type FirstRunNote = FirstRunDraft & { stage: FirstRunStage };
const firstRunNote = z.object({
  stage: z.enum(FIRST_RUN_STAGES),
  name: z.string().max(DISPLAY_NAME_MAX),
  lobby: z.string().max(ADDRESS_MAX),
  free: z.boolean(),
});
export const FIRST_RUN_OVER: FirstRunNote = { stage: 'over', name: '', lobby: '', free: false };

/** What Parley notes for itself; policy has no say in it. */
const noted = {
  freeNoticeRead: setting(z.boolean(), false),
  /** Chords that are not the default ones, by shortcut. */
  shortcuts: setting<Readonly<Record<string, string>>>(z.record(z.string(), z.string()), {}),
  /** Kinds of calls whose page was out of sight last. */
  hiddenMeetings: setting<readonly Media[]>(z.array(Media).max(2), []),
  /** Lobby origins whose token was put into the keychain. */
  tokenOrigins: setting<readonly string[]>(z.array(z.string().max(ADDRESS_MAX)), []),
  /** Microphones, speakers and cameras that were chosen, the newest first. */
  devices: setting<DeviceMemory>(z.array(deviceChoice).readonly(), []),
  /** Says nothing until something was typed on the first run's screen. */
  firstRun: setting<FirstRunNote | undefined>(firstRunNote, undefined),
} as const;

/** What policy alone sets, and no settings panel shows. */
const administered = {
  /** Overrides of the deployment's `config.js`; those that are refused are kept to be told. */
  config: setting<ReadOverrides>(z.record(z.string(), z.unknown()).transform(readOverrides), {
    overrides: {},
    refused: [],
  }),
  /** Whether Parley may look for later versions at all. */
  updates: setting(z.enum(['on', 'off']), 'on'),
} as const;

export const settingsTable = { ...chosen, ...noted, ...administered } as const;

export type ValueName = keyof typeof settingsTable;
export type Values = { readonly [Name in ValueName]: (typeof settingsTable)[Name]['otherwise'] };

export type ChosenValues = Pick<Values, keyof typeof chosen>;

/** What one source says: of some settings something, of the others nothing. */
export type Layer = Partial<Values>;

export const VALUE_NAMES = Object.keys(settingsTable) as readonly ValueName[];
/** What a user's file may say. */
export const USER_NAMES = Object.keys({ ...chosen, ...noted }) as readonly ValueName[];
/** What a policy file may say. */
export const POLICY_FILE_NAMES = Object.keys({ ...chosen, ...administered }) as readonly ValueName[];
export const POLICY_NAMES = Object.keys(chosen) as readonly (keyof typeof chosen)[];

export const DEFAULTS = Object.fromEntries(
  VALUE_NAMES.map((name) => [name, settingsTable[name].otherwise]),
) as unknown as Values;

/** Settings that a variable of the environment sets for one run. */
export const VARIABLES = {
  lobbyUrl: 'PARLEY_LOBBY_URL',
  freeUrl: 'PARLEY_FREE_URL',
  displayName: 'PARLEY_DISPLAY_NAME',
  updateUrl: 'PARLEY_UPDATE_URL',
} as const;

/**
 * Reads a source setting by setting: one wrong value does not cost the others. `wrong` names those that are not what they
 * may be. Names that no setting has are left alone: they may be a later version's.
 */
export function parseLayer(
  said: Readonly<Record<string, unknown>>,
  names: readonly ValueName[],
): { layer: Layer; wrong: readonly ValueName[] } {
  const layer: Record<string, unknown> = {};
  const wrong: ValueName[] = [];
  for (const name of names) {
    if (said[name] === undefined) continue;
    const parsed = settingsTable[name].schema.safeParse(said[name]);
    if (!parsed.success) wrong.push(name);
    else if (parsed.data !== undefined) layer[name] = parsed.data;
  }
  return { layer, wrong };
}
