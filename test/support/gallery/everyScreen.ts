import { callScreens } from './callScreens';
import { failureScreens, idleScreens } from './idleScreens';
import type { Screen } from './screen';
import { settingsScreens } from './settingsScreens';

/** All that the toolbar's window can show, by where one meets it. */
export const EVERY_SCREEN: readonly (readonly [where: string, screens: readonly Screen[]])[] = [
  ['without a call', idleScreens],
  ['after a failure', failureScreens],
  ['in a call', callScreens],
  ['in the settings', settingsScreens],
];
