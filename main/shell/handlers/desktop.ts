/** What the commands about the window, the bar, shortcuts and autostart do. */
import type { Point } from 'electron';
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { desktopCommands } from '../../../shared/ipc/commands/desktop';
import type { ShortcutFault } from '../../../shared/ipc/snapshot';
import {
  chordFault,
  chordsOf,
  DEFAULT_CHORDS,
  isChord,
  SHORTCUT_IDS,
  type ShortcutId,
} from '../../../shared/shortcuts';
import { changeSettings } from '../../settings/changeSettings';
import type { Settings } from '../../settings/settings';
import type { Autostart } from '../autostart';
import type { PressedId } from '../shortcutKeys';

export interface DesktopHandlerParts {
  settings: Settings;
  autostart: Autostart;
  /** Whether the system would give a global chord. */
  isFree: (chord: string) => boolean;
  openWindow: () => void;
  moveBar: (to: Point) => void;
  openBarMenu: () => void;
  setRecording: (on: boolean) => void;
  /** Keys that came to a page alone. */
  pressKeys: (id: PressedId) => void;
  holdToTalk: (on: boolean) => void;
  /** Settings have changed. `autostart` as just learned. */
  onChange: (autostart?: boolean) => void;
}

export function newDesktopHandlers(
  parts: DesktopHandlerParts,
): CommandHandlers<keyof typeof desktopCommands> {
  const { settings, autostart } = parts;
  return {
    'bar/open-window': () => parts.openWindow(),
    'bar/move': (to) => parts.moveBar(to),
    'bar/menu': () => parts.openBarMenu(),
    'shortcuts/set': async ({ id, chord }) => {
      const fault = faultOf(id, chord ?? DEFAULT_CHORDS[id], parts);
      if (fault !== undefined) return fault;
      const others = Object.entries(settings.values.shortcuts).filter(([other]) => other !== id);
      const own = chord === undefined ? [] : [[id, chord]];
      const shortcuts = Object.fromEntries([...others, ...own]) as Record<string, string>;
      const result = await changeSettings(settings, { shortcuts });
      parts.onChange();
      return result.ok ? undefined : { fault: 'file', detail: result.fault };
    },
    'shortcuts/recording': ({ on }) => parts.setRecording(on),
    'shortcuts/press': ({ id }) => parts.pressKeys(id),
    'shortcuts/talk': ({ on }) => parts.holdToTalk(on),
    'desktop/autostart': async ({ on }) => {
      try {
        await autostart.set(on);
        return undefined;
      } catch (error) {
        return { fault: error instanceof Error ? error.message : String(error) };
      } finally {
        parts.onChange(await autostart.isOn());
      }
    },
  };
}

function faultOf(id: ShortcutId, chord: string, parts: DesktopHandlerParts): ShortcutFault | undefined {
  if (chord === '') return undefined;
  if (!isChord(chord)) return { fault: 'not-a-chord' };
  const fault = chordFault(id, chord);
  if (fault !== undefined) return { fault };
  const chords = chordsOf(parts.settings.values.shortcuts);
  const by = SHORTCUT_IDS.find((other) => other !== id && chords[other] === chord);
  if (by !== undefined) return { fault: 'used', by };
  return id === 'global-microphone' && !parts.isFree(chord) ? { fault: 'taken' } : undefined;
}
