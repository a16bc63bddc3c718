import type { Authenticate } from './caller';
import type { TokenIssuer } from './roomToken';
import type { Settings } from './settings';

/** What the routes are built from. */
export interface Lobby {
  settings: Settings;
  issuer: TokenIssuer;
  authenticate: Authenticate;
}
