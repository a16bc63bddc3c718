/** The controls of settings that count at once: each shows what is set, and says who else has set it. */
import { type ReactNode, useId, useState } from 'react';
import type { ShownSettings } from '../../../shared/ipc/snapshot';
import type { Preferences } from '../../../shared/preferences';
import { text } from '../../i18n/text';
import { Notes } from './Notes';

interface PreferenceProps<Name extends keyof Preferences> {
  settings: ShownSettings;
  name: Name;
  label: string;
  hint?: string;
}

type SwitchName = {
  [Name in keyof Preferences]: Preferences[Name] extends boolean ? Name : never;
}[keyof Preferences];
type ChoiceName = Exclude<keyof Preferences, SwitchName>;

/** A preference as it is shown: what was just chosen, until the settings have it or could not be written. */
function usePreference<Name extends keyof Preferences>(
  settings: ShownSettings,
  name: Name,
): { value: Preferences[Name]; fault: string | undefined; change: (value: Preferences[Name]) => void } {
  const [chosen, setChosen] = useState<Preferences[Name]>();
  const [fault, setFault] = useState<string>();
  const change = (value: Preferences[Name]) => {
    setChosen(value);
    void window.parley.send('settings/change', { [name]: value }).then((result) => {
      setChosen(undefined);
      setFault(result.ok ? undefined : text('settings.fault.file', { detail: result.fault }));
    });
  };
  return { value: chosen ?? settings[name], fault, change };
}

interface RowProps {
  id: string;
  hint: string | undefined;
  fault: string | undefined;
  children: ReactNode;
}

/** A control with what is to be known of it, and what went wrong. */
export function PreferenceRow({ id, hint, fault, children }: RowProps) {
  return (
    <div className="preference">
      {children}
      <Notes id={id} hint={hint} fault={fault} />
    </div>
  );
}

/** A preference that is on or off. */
export function PreferenceSwitch({ settings, name, label, hint }: PreferenceProps<SwitchName>) {
  const id = useId();
  const { value, fault, change } = usePreference(settings, name);
  const locked = settings.locked.includes(name);
  const shownHint = locked ? text('settings.locked') : hint;
  return (
    <PreferenceRow id={id} hint={shownHint} fault={fault}>
      <label className="choice">
        <input
          type="checkbox"
          checked={value}
          disabled={locked}
          aria-describedby={shownHint === undefined ? undefined : `${id}-hint`}
          onChange={({ target }) => change(target.checked)}
        />
        {label}
      </label>
    </PreferenceRow>
  );
}

interface PreferenceChoiceProps<Name extends ChoiceName> extends PreferenceProps<Name> {
  /** Every value with its words. */
  options: readonly (readonly [value: Preferences[Name], words: string])[];
}

/** A preference of a few values. */
export function PreferenceChoice<Name extends ChoiceName>(props: PreferenceChoiceProps<Name>) {
  const { settings, name, label, hint, options } = props;
  const id = useId();
  const { value, fault, change } = usePreference(settings, name);
  const locked = settings.locked.includes(name);
  const shownHint = locked ? text('settings.locked') : hint;
  return (
    <PreferenceRow id={id} hint={shownHint} fault={fault}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={locked}
        aria-describedby={shownHint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => change(target.value as Preferences[Name])}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </PreferenceRow>
  );
}
