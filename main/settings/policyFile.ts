import { join } from 'node:path';

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
