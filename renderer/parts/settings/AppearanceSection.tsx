import type { ShownSettings } from '../../../shared/ipc/snapshot';
import { LANGUAGE_CHOICES, LANGUAGE_NAMES } from '../../../shared/languages';
import { THEMES } from '../../../shared/theme';
import { text } from '../../i18n/text';
import { PreferenceChoice } from './preference';

/** How Parley looks, and what it speaks. */
export function AppearanceSection({ settings }: { settings: ShownSettings }) {
  return (
    <>
      <PreferenceChoice
        settings={settings}
        name="theme"
        label={text('settings.theme')}
        options={THEMES.map((theme) => [theme, text(`settings.theme.${theme}`)])}
      />
      <PreferenceChoice
        settings={settings}
        name="language"
        label={text('settings.language')}
        options={LANGUAGE_CHOICES.map((language) => [
          language,
          language === 'system' ? text('settings.language.system') : LANGUAGE_NAMES[language],
        ])}
      />
    </>
  );
}
