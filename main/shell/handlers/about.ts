/** What the commands about Parley itself do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { aboutCommands } from '../../../shared/ipc/commands/about';
import type { About } from '../../diagnostics/about';

export type AboutHandlerParts = Pick<
  About,
  'versions' | 'logs' | 'licences' | 'copyDiagnostics' | 'showLogs'
>;

export function newAboutHandlers(about: AboutHandlerParts): CommandHandlers<keyof typeof aboutCommands> {
  return {
    'about/read': () => ({ ...about.versions, logs: about.logs }),
    'about/licences': () => about.licences(),
    'about/copy-diagnostics': () => about.copyDiagnostics(),
    'about/show-logs': () => about.showLogs(),
  };
}
