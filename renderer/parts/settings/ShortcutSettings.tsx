import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { ShortcutFault, ShortcutsState } from '../../../shared/ipc/snapshot';
import {
  type Chord,
  type Chords,
  chordOf,
  chordText,
  SHORTCUT_IDS,
  type ShortcutId,
} from '../../../shared/shortcuts';
import { text } from '../../i18n/text';
import { MAC } from '../../shortcutHint';
import { pressOf } from '../../useShortcutKeys';

/** All shortcuts with their keys, each to be recorded anew. What is changed counts at once. */
export function ShortcutSettings({ shortcuts }: { shortcuts: ShortcutsState }) {
  return (
    <>
      <p className="muted">{text('shortcuts.advice')}</p>
      <ul className="shortcuts">
        {SHORTCUT_IDS.map((id) => (
          <Shortcut key={id} id={id} shortcuts={shortcuts} />
        ))}
      </ul>
      <p className="muted">
        {text(shortcuts.global === 'wayland' ? 'shortcuts.global.wayland' : 'shortcuts.global.advice')}
      </p>
      <p className="muted">{text('shortcuts.talk.advice')}</p>
    </>
  );
}

function Shortcut({ id, shortcuts }: { id: ShortcutId; shortcuts: ShortcutsState }) {
  const [recording, setRecording] = useState(false);
  const [fault, setFault] = useState<ShortcutFault>();
  const faultId = useId();
  const chord = shortcuts.chords[id];
  const name = text(`shortcuts.${id}`);
  const taken = id === 'global-microphone' && shortcuts.global === 'taken';

  useEffect(() => {
    if (!recording) return undefined;
    void window.parley.send('shortcuts/recording', { on: true });
    return () => void window.parley.send('shortcuts/recording', { on: false });
  }, [recording]);

  const set = async (to: Chord | undefined) => {
    setRecording(false);
    const argument = to === undefined ? { id } : { id, chord: to };
    setFault(await window.parley.send('shortcuts/set', argument));
  };
  const record = (event: KeyboardEvent) => {
    if (!recording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') setRecording(false);
    else if (event.key === 'Backspace') void set('');
    else {
      const pressed = chordOf(pressOf(event), MAC);
      if (pressed !== undefined) void set(pressed);
    }
  };

  const shown = chord === '' ? text('shortcuts.none') : chordText(chord, MAC);
  const problem: ShortcutFault | undefined =
    fault ?? clashOf(id, shortcuts.chords) ?? (taken ? { fault: 'taken' } : undefined);
  const said = problem === undefined ? undefined : faultText(problem);
  return (
    <li>
      <span>{name}</span>
      <button
        type="button"
        className="outlined keys"
        aria-label={text('shortcuts.change', { name, keys: recording ? text('shortcuts.recording') : shown })}
        aria-describedby={said === undefined ? undefined : faultId}
        onClick={() => {
          setFault(undefined);
          setRecording(!recording);
        }}
        onKeyDown={record}
        onBlur={() => setRecording(false)}
      >
        {recording ? text('shortcuts.recording') : shown}
      </button>
      <button
        type="button"
        className="outlined"
        aria-label={text('shortcuts.reset.name', { name })}
        disabled={chord === shortcuts.defaults[id]}
        onClick={() => void set(undefined)}
      >
        {text('shortcuts.reset')}
      </button>
      {said !== undefined && (
        <span className="fault" id={faultId} role="alert">
          {said}
        </span>
      )}
    </li>
  );
}

/** Two may have come to the same keys all the same: a file was edited, or a version has brought a default. */
function clashOf(id: ShortcutId, chords: Chords): ShortcutFault | undefined {
  const by = SHORTCUT_IDS.find((other) => other !== id && chords[other] === chords[id]);
  return by === undefined || chords[id] === '' ? undefined : { fault: 'used', by };
}

function faultText(fault: ShortcutFault): string {
  if (fault.fault === 'file') return text('settings.fault.file', { detail: fault.detail });
  if (fault.fault !== 'used') return text(`shortcuts.fault.${fault.fault}`);
  return text('shortcuts.fault.used', { name: text(`shortcuts.${fault.by}`) });
}
