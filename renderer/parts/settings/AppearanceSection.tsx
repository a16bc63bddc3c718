import type { ShownSettings } from '../../../shared/ipc/snapshot';
import { THEMES } from '../../../shared/theme';
import { text } from '../../i18n/text';
import { PreferenceChoice } from './preference';

/** How Parley looks. */
export function AppearanceSection({ settings }: { settings: ShownSettings }) {
  return (
    <PreferenceChoice
      settings={settings}
      name="theme"
      label={text('settings.theme')}
      options={THEMES.map((theme) => [theme, text(`settings.theme.${theme}`)])}
    />
  );
}
