/** The first run: what is asked once, before the first call. */

/** Whether the first run's screen stands there, was put off, or is behind the user. */
export const FIRST_RUN_STAGES = ['open', 'later', 'over'] as const;
export type FirstRunStage = (typeof FIRST_RUN_STAGES)[number];

/** What was typed so far. Never a token. */
export interface FirstRunDraft {
  name: string;
  lobby: string;
  free: boolean;
}

/** The first run while it is not over. */
export interface FirstRunState {
  stage: Exclude<FirstRunStage, 'over'>;
  /** What is to be asked: the rest is set by policy or the environment. `free`: whether free public Jitsi may be chosen. */
  asks: { name: boolean; lobby: boolean; free: boolean };
  typed: FirstRunDraft;
  /** Address of the lobby that is set already, if any. */
  lobby: string;
}
