/**
 * Shortcuts: which there are, what their keys are by default, and how a chord of keys is written, read from a key press
 * and judged. A chord is text such as `Mod+Shift+M`; `Mod` is the Command key on macOS and Control elsewhere.
 */

/** Items of the menu "More" that can have keys of their own. */
export const MENU_SHORTCUT_IDS = [
  'people',
  'audio-only',
  'noise-on',
  'noise-off',
  'encryption-on',
  'encryption-off',
  'subtitles',
  'record',
  'stream',
  'subject',
  'room-password',
  'waiting-room',
  'mute-everyone',
  'mail-invite',
  'end-for-all',
] as const;
export type MenuShortcutId = (typeof MENU_SHORTCUT_IDS)[number];

/** Shortcuts that count in Parley's windows, then the one that counts everywhere. */
export const SHORTCUT_IDS = [
  'microphone',
  'talk',
  'camera',
  'share',
  'hand',
  'participants',
  'chat',
  'tile-view',
  'hide-meeting',
  'more',
  'leave',
  'copy-invite',
  'start-voice',
  'start-video',
  'join',
  'settings',
  ...MENU_SHORTCUT_IDS,
  'global-microphone',
] as const;
export type ShortcutId = (typeof SHORTCUT_IDS)[number];

/** A chord as text; empty: the shortcut has no keys. */
export type Chord = string;
export type Chords = Readonly<Record<ShortcutId, Chord>>;

/**
 * The defaults. Where another call program has a habit (Microsoft Teams: M, O, E, K, H), it is kept; "More" has the key of menus. The
 * global one has all modifiers, since editors and IDEs have taken what is simpler. What is done once in a call has none: the
 * menu is as near.
 */
export const DEFAULT_CHORDS: Chords = {
  microphone: 'Mod+Shift+M',
  talk: 'F8',
  camera: 'Mod+Shift+O',
  share: 'Mod+Shift+E',
  hand: 'Mod+Shift+K',
  participants: 'Mod+Shift+P',
  chat: 'Mod+Shift+U',
  'tile-view': 'Mod+Shift+T',
  'hide-meeting': 'Mod+Shift+G',
  more: 'Shift+F10',
  leave: 'Mod+Shift+H',
  'copy-invite': 'Mod+Shift+L',
  'start-voice': 'Mod+N',
  'start-video': 'Mod+Shift+N',
  join: 'Mod+J',
  settings: 'Mod+,',
  people: '',
  'audio-only': '',
  'noise-on': '',
  'noise-off': '',
  'encryption-on': '',
  'encryption-off': '',
  subtitles: '',
  record: '',
  stream: '',
  subject: '',
  'room-password': '',
  'waiting-room': '',
  'mute-everyone': '',
  'mail-invite': '',
  'end-for-all': '',
  'global-microphone': 'Mod+Alt+Shift+M',
};

/** The part of a key press that matters; what `KeyboardEvent` and Electron's `Input` have in common. */
export interface KeyPress {
  key: string;
  /** Place on the keyboard, such as `KeyM`; it stands in where the layout has no Latin letters. */
  code: string;
  control: boolean;
  alt: boolean;
  shift: boolean;
  meta: boolean;
}

/** In the order they are written in. */
const MODIFIERS = ['Mod', 'Ctrl', 'Meta', 'Alt', 'Shift'] as const;

/** Keys with names of their own; the values are how chords, and Electron's accelerators, write them. */
const NAMED: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
  Delete: 'Delete',
};
const PLAIN = /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|[,./;-])$/;

/** The key of a press as a chord writes it; `undefined` for modifiers and for keys that no chord can have. */
export function keyOf({ key, code }: Pick<KeyPress, 'key' | 'code'>): string | undefined {
  const upper = key.toUpperCase();
  if (/^[A-Z]$/.test(upper)) return upper;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  if (NAMED[key] !== undefined) return NAMED[key];
  if (PLAIN.test(key)) return key;
  // A layout without Latin letters, or Alt making another character of the key (macOS).
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return code === 'Space' ? 'Space' : letter;
}

/** The chord of a key press; `undefined` while only modifiers are down. */
export function chordOf(press: KeyPress, mac: boolean): Chord | undefined {
  const key = keyOf(press);
  if (key === undefined) return undefined;
  const down = {
    Mod: mac ? press.meta : press.control,
    Ctrl: mac && press.control,
    Meta: !mac && press.meta,
    Alt: press.alt,
    Shift: press.shift,
  };
  return [...MODIFIERS.filter((modifier) => down[modifier]), key].join('+');
}

/** Whether a text is a chord as {@link chordOf} writes it. */
export function isChord(text: string): boolean {
  const parts = text.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1);
  const ordered = MODIFIERS.filter((modifier) => modifiers.includes(modifier));
  const known = PLAIN.test(key) || Object.values(NAMED).includes(key);
  return known && ordered.join('+') === modifiers.join('+');
}

/**
 * What is wrong with a chord. `typing`: it would be typed text. `reserved`: the system or editing needs it. `held`: only a
 * function key can be held.
 */
export type ChordFault = 'typing' | 'reserved' | 'held';

const RESERVED: ReadonlySet<Chord> = new Set([
  ...['A', 'C', 'V', 'X', 'Y', 'Z', 'Q', 'W'].map((key) => `Mod+${key}`),
  ...['V', 'Z'].map((key) => `Mod+Shift+${key}`),
  'Alt+F4',
  'F6',
]);

const FUNCTION_KEY = /(^|\+)F\d+$/;

/**
 * Judges a chord for a shortcut. What is held must reach the page too, or its release would never be heard (measured), and
 * Jitsi's page acts on letters and Space whatever modifiers are down: that leaves the function keys.
 */
export function chordFault(id: ShortcutId, chord: Chord): ChordFault | undefined {
  if (RESERVED.has(chord)) return 'reserved';
  if (FUNCTION_KEY.test(chord)) return undefined;
  if (id === 'talk') return 'held';
  return /^(Mod|Ctrl|Meta|Alt)\+/.test(chord) ? undefined : 'typing';
}

/** Whether letting go of a key ends a held chord: its own key, or one of its modifiers. */
export function endsChord(chord: Chord, released: KeyPress, mac: boolean): boolean {
  const parts = chord.split('+');
  if (keyOf(released) === parts.at(-1)) return true;
  const modifier = { Control: mac ? 'Ctrl' : 'Mod', Meta: mac ? 'Mod' : 'Meta', Alt: 'Alt', Shift: 'Shift' }[
    released.key
  ];
  return modifier !== undefined && parts.includes(modifier);
}

/** A chord as Electron's `globalShortcut` takes it. */
export const acceleratorOf = (chord: Chord): string =>
  chord
    .replace(/\bMod\b/, 'CommandOrControl')
    .replace(/\bCtrl\b/, 'Control')
    .replace(/\bMeta\b/, 'Super');

/** A chord as people read it: Ctrl+Shift+M, or ⇧⌘M on macOS. */
export function chordText(chord: Chord, mac: boolean): string {
  const parts = chord.split('+');
  if (!mac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  const signs: Readonly<Record<string, string>> = { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Mod: '⌘' };
  const order = ['Ctrl', 'Alt', 'Shift', 'Mod'];
  const modifiers = order.filter((modifier) => parts.includes(modifier));
  return [...modifiers.map((modifier) => signs[modifier]), parts.at(-1)].join('');
}

/** The chords in force: what the user has set, and the defaults. What cannot be had counts as not set. */
export function chordsOf(set: Readonly<Record<string, string>>): Chords {
  const entries = SHORTCUT_IDS.map((id) => {
    const own = set[id];
    const valid = own === '' || (own !== undefined && isChord(own) && chordFault(id, own) === undefined);
    return [id, valid ? own : DEFAULT_CHORDS[id]] as const;
  });
  return Object.fromEntries(entries) as Record<ShortcutId, Chord>;
}
