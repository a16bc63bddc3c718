/** The window's background before its page has painted: the `surface` token of `renderer/tokens.css`. */
export const SURFACE = { light: '#f7f8fa', dark: '#1e1f22' } as const;

/** The compact bar's: the `raised` token. */
export const RAISED = { light: '#ffffff', dark: '#2b2d30' } as const;
/** What the user may choose of them; `system` follows it, live. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
