/** Settings that count as soon as they are changed; there is no form to save. */
import { z } from 'zod';
import { LANGUAGES } from './languages';
import { THEMES } from './theme';

export const preferenceSchemas = {
  startMuted: z.boolean(),
  cameraOff: z.boolean(),
  audioOnly: z.boolean(),
  keepRecentCalls: z.boolean(),
  compactBar: z.boolean(),
  peopleNotices: z.boolean(),
  attentionNotices: z.boolean(),
  theme: z.enum(THEMES),
  language: z.enum(['system', ...LANGUAGES]),
} as const;

export interface Preferences {
  /** A call begins with the microphone muted. */
  startMuted: boolean;
  /** A video call begins with one's own camera off. */
  cameraOff: boolean;
  /** The video of others is not fetched until one asks for it in the meeting. */
  audioOnly: boolean;
  /** Rooms one has been in are remembered by name. */
  keepRecentCalls: boolean;
  /** A bar stands in for the window while that is away during a call. */
  compactBar: boolean;
  /** Who joins and who leaves is said. */
  peopleNotices: boolean;
  /** The system says who waits to be let in, and that one talks while muted, while one looks elsewhere. */
  attentionNotices: boolean;
  theme: z.infer<(typeof preferenceSchemas)['theme']>;
  language: z.infer<(typeof preferenceSchemas)['language']>;
}
