import { nativeText } from '../../i18n/text';
import type { MenuArea } from './moreMenu';

/** What helps when something goes wrong in a call. */
export const reportItems: MenuArea = ({ actions }) => [
  { label: nativeText('menu.copy-diagnostics'), click: actions.copyDiagnostics },
];
