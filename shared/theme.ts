/** The window's background before its page has painted: the `surface` token of `renderer/tokens.css`. */
export const SURFACE = { light: '#f7f8fa', dark: '#1e1f22' } as const;
