/** What doctor looks at, in the order in which it does. */
export const CHECKS = {
  'key-server': 'key server',
  'host-name': 'host name',
  tls: 'TLS',
  config: 'config.js',
  clock: 'clock',
  websocket: 'WebSocket',
  bosh: 'BOSH',
  'good-token': 'good token',
  door: "room's door",
  'other-room': 'token for another room',
  'no-token': 'no token',
  'expired-token': 'expired token',
  'other-key': 'token of another key',
  unsigned: 'unsigned token',
  guests: 'guests',
  bridges: 'bridges',
} as const;

export type Check = keyof typeof CHECKS;

/** `skipped`: could not be looked at, because something before it failed or is not there. */
export type Result = 'ok' | 'warning' | 'failed' | 'skipped';

export interface Finding {
  check: Check;
  result: Result;
  /** What was seen, a sentence without a full stop. */
  found: string;
  /** What to do about it; there for `warning` and `failed`. */
  fix?: string;
}

export const ok = (check: Check, found: string): Finding => ({ check, result: 'ok', found });
export const skipped = (check: Check, found: string): Finding => ({ check, result: 'skipped', found });
export const warning = (check: Check, found: string, fix: string): Finding => ({
  check,
  result: 'warning',
  found,
  fix,
});
export const failed = (check: Check, found: string, fix: string): Finding => ({
  check,
  result: 'failed',
  found,
  fix,
});
