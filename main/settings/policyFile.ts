import { join } from 'node:path';

/**
 * What policy's file may not say on a system. On Windows any user may make a folder in ProgramData, and so be the one who
 * writes the file before an administrator does: where programs come from is not taken from there.
 */
export const unheardOfPolicy = (platform: NodeJS.Platform): readonly 'updateUrl'[] =>
  platform === 'win32' ? ['updateUrl'] : [];

/** Where an administrator sets and locks settings for everyone on the machine. */
export function policyFilePath(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  switch (platform) {
    case 'win32':
      return join(environment['ProgramData'] ?? 'C:\\ProgramData', 'parley', 'config.json');
    case 'darwin':
      return '/Library/Application Support/parley/config.json';
    default:
      return '/etc/xdg/parley/config.json';
  }
}
