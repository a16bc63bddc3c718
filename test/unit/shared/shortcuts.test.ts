import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceleratorOf,
  chordFault,
  chordOf,
  chordsOf,
  chordText,
  DEFAULT_CHORDS,
  endsChord,
  isChord,
  type KeyPress,
  MENU_SHORTCUT_IDS,
  SHORTCUT_IDS,
} from '../../../shared/shortcuts';

const press = (key: string, code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code, control: false, alt: false, shift: false, meta: false },
  ...modifiers,
});

it('the defaults are chords that may be had, each only once; items of the menu have none', () => {
  const keyed = SHORTCUT_IDS.filter((id) => !MENU_SHORTCUT_IDS.some((item) => item === id));
  for (const id of keyed) {
    const chord = DEFAULT_CHORDS[id];
    expect([id, isChord(chord), chordFault(id, chord)]).toEqual([id, true, undefined]);
  }
  expect(new Set(keyed.map((id) => DEFAULT_CHORDS[id])).size).toBe(keyed.length);
  expect(MENU_SHORTCUT_IDS.filter((id) => DEFAULT_CHORDS[id] !== '')).toEqual([]);
});

describe('a key press', () => {
  it.each<[string, KeyPress, boolean, string | undefined]>([
    ['with Shift', press('M', 'KeyM', { control: true, shift: true }), false, 'Mod+Shift+M'],
    ['on macOS', press('m', 'KeyM', { meta: true, shift: true }), true, 'Mod+Shift+M'],
    ['with both on macOS', press('m', 'KeyM', { meta: true, control: true }), true, 'Mod+Ctrl+M'],
    ['with the Windows key', press('m', 'KeyM', { meta: true }), false, 'Meta+M'],
    ['on a Cyrillic layout', press('ь', 'KeyM', { control: true }), false, 'Mod+M'],
    ['on a French layout', press('a', 'KeyQ', { control: true }), false, 'Mod+A'],
    ['of a digit, shifted', press('!', 'Digit1', { control: true, shift: true }), false, 'Mod+Shift+1'],
    ['with Option on macOS', press('µ', 'KeyM', { alt: true, meta: true }), true, 'Mod+Alt+M'],
    ['of Space', press(' ', 'Space', { control: true }), false, 'Mod+Space'],
    ['of a function key', press('F9', 'F9'), false, 'F9'],
    ['of an arrow', press('ArrowUp', 'ArrowUp', { alt: true }), false, 'Alt+Up'],
    ['of a comma', press(',', 'Comma', { control: true }), false, 'Mod+,'],
    ['of a modifier alone', press('Control', 'ControlLeft', { control: true }), false, undefined],
    ['of Escape', press('Escape', 'Escape'), false, undefined],
    ['of Tab', press('Tab', 'Tab', { control: true }), false, undefined],
  ])('%s', (_what, pressed, mac, chord) => {
    expect(chordOf(pressed, mac)).toBe(chord);
  });

  it('is always a chord as it is written, or none', () => {
    const anyPress = fc.record({
      key: fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('a', 'ß', 'F12', 'ArrowLeft', ' ', '+')),
      code: fc.constantFrom('KeyA', 'Digit7', 'Space', 'Equal', ''),
      control: fc.boolean(),
      alt: fc.boolean(),
      shift: fc.boolean(),
      meta: fc.boolean(),
    });
    fc.assert(
      fc.property(anyPress, fc.boolean(), (pressed, mac) => {
        const chord = chordOf(pressed, mac);
        return chord === undefined || isChord(chord);
      }),
    );
  });
});

it.each([
  '',
  '+',
  'Mod',
  'Mod+',
  'Shift+Mod+M',
  'Mod+Mod+M',
  'mod+m',
  'Mod+m',
  'Mod+ß',
  'Mod+F25',
  'Super+M',
])('%j is no chord', (text) => {
  expect(isChord(text)).toBe(false);
});

it.each([
  ['M', 'typing'],
  ['Shift+M', 'typing'],
  ['Space', 'typing'],
  ['Shift+F9', undefined],
  ['F9', undefined],
  ['Alt+M', undefined],
  ['Mod+C', 'reserved'],
  ['Mod+Q', 'reserved'],
  ['F6', 'reserved'],
])('%s: %s', (chord, fault) => {
  expect(chordFault('leave', chord)).toBe(fault);
});

it.each([
  ['F8', undefined],
  ['Mod+Shift+F8', undefined],
  ['Mod+Space', 'held'],
  ['Alt+M', 'held'],
  ['F6', 'reserved'],
])('held: %s: %s', (chord, fault) => {
  expect(chordFault('talk', chord)).toBe(fault);
});

describe('letting go', () => {
  it.each<[string, KeyPress, boolean]>([
    ['of the key', press(' ', 'Space', { control: true }), true],
    ['of the key after the modifier', press(' ', 'Space'), true],
    ['of the modifier', press('Control', 'ControlLeft'), true],
    ['of another key', press('m', 'KeyM', { control: true }), false],
    ['of another modifier', press('Shift', 'ShiftLeft', { control: true }), false],
  ])('%s', (_what, released, ends) => {
    expect(endsChord('Mod+Space', released, false)).toBe(ends);
  });
});

it('is written as people know it', () => {
  expect(chordText('Mod+Alt+Shift+M', false)).toBe('Ctrl+Alt+Shift+M');
  expect(chordText('Mod+Alt+Shift+M', true)).toBe('⌥⇧⌘M');
  expect(acceleratorOf('Mod+Alt+Shift+M')).toBe('CommandOrControl+Alt+Shift+M');
  expect(acceleratorOf('Ctrl+Meta+Space')).toBe('Control+Super+Space');
});

it('what a settings file says counts if it is a chord; the rest is as by default', () => {
  const set = {
    microphone: 'F9',
    camera: '',
    leave: 'nonsense',
    share: 'Mod+C',
    talk: 'Mod+Space',
    other: 'F2',
  };
  expect(chordsOf(set)).toEqual({ ...DEFAULT_CHORDS, microphone: 'F9', camera: '' });
});
