import { join } from 'node:path';
import { app } from 'electron';

/**
 * Where the platform keeps logs: `~/Library/Logs/Parley`, elsewhere `logs` in the profile. A profile of its own
 * (`PARLEY_USER_DATA_DIR`) has its own logs: no two runs may share files.
 */
export function logFolder(): string {
  const ownProfile = (process.env['PARLEY_USER_DATA_DIR'] ?? '') !== '';
  return process.platform === 'darwin' && !ownProfile
    ? app.getPath('logs')
    : join(app.getPath('userData'), 'logs');
}
