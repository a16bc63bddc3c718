/** Commands of "Connection details": how a call reaches its deployment, and how that deployment is. */
import type { z } from 'zod';
import type { Health } from '../../lobbyApi';
import { Nothing } from './nothing';

export const lineCommands = {
  'line/read': Nothing,
  /** Asks the lobby, over the network. */
  'line/condition': Nothing,
} as const satisfies Record<string, z.ZodType>;

/** What was measured of a call's line so far; what was not is absent. */
export interface LineFigures {
  /** As the lobby names it. */
  region?: string | undefined;
  /** ms. */
  roundTripMs?: number | undefined;
  /** Who measured that: the page its media, or Parley its small requests to the deployment. */
  measured: 'media' | 'probes';
  /** Percent of the packets of sound and picture. */
  lossPercent?: number | undefined;
  /** Of the last `probes` small requests to the deployment, how many were not answered. */
  missed: number;
  probes: number;
}

/** What the lobby says of the deployment. Guests may not ask, and free public Jitsi has nobody to ask. */
export type DeploymentCondition =
  | { known: true; health: Health; load: number | undefined }
  | { known: false; because: 'guest' | 'free' | 'no-answer' };

export interface LineReplies {
  /** `undefined` while no room is entered. */
  'line/read': LineFigures | undefined;
  'line/condition': DeploymentCondition | undefined;
}
