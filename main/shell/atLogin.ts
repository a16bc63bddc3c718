import { app } from 'electron';

/** The argument that the session starts Parley with, where it can give one. */
export const AT_LOGIN = '--at-login';

/** Whether the session has started this run, not the user: the window then opens minimised. */
export function wasOpenedAtLogin(platform: NodeJS.Platform, args: readonly string[]): boolean {
  return args.includes(AT_LOGIN) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
