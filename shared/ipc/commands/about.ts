/** Commands about Parley itself: versions, licences, and what a report of a fault needs. */
import type { z } from 'zod';
import { Nothing } from './nothing';

/** What Parley is and runs on. */
export interface Versions {
  parley: string;
  electron: string;
  chromium: string;
  node: string;
  /** Operating system, its version and the processor. */
  system: string;
}

export const aboutCommands = {
  'about/read': Nothing,
  /** Whose code is in Parley, and under which licence, as text. */
  'about/licences': Nothing,
  /** Puts what a report needs into the clipboard; nothing secret is in it. */
  'about/copy-diagnostics': Nothing,
  /** Opens the logs' folder in the system's file manager. */
  'about/show-logs': Nothing,
} as const satisfies Record<string, z.ZodType>;

export interface AboutReplies {
  'about/read': Versions & { logs: string };
  'about/licences': string;
  /** The system's word, when it could not be done. */
  'about/show-logs': { fault: string } | undefined;
}
