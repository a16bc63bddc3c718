import type { Bridges } from './bridges/bridges';
import type { Authenticate } from './auth/caller';
import type { RequestLimits } from './limits/requestLimits';
import type { Metrics } from './observe/metrics';
import type { Readiness } from './observe/readiness';
import type { TokenIssuer } from './tokens/roomToken';
import type { Settings } from './settings';

/** What the routes are built from. */
export interface Lobby {
  settings: Settings;
  issuer: TokenIssuer;
  authenticate: Authenticate;
  bridges: Bridges;
  metrics: Metrics;
  readiness: Readiness;
  limits: RequestLimits;
}
