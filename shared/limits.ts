/** Lengths alone, in characters, so that the toolbar's page needs no schema library to know them. */

/** Longest display name: Jitsi's own tile shows far less. */
export const DISPLAY_NAME_MAX = 80;

/** Longest address of a server. */
export const ADDRESS_MAX = 2048;

/** Longest access token; the lobby's own have 50. */
export const ACCESS_TOKEN_MAX = 4096;

/** Longest user name and longest password that can be entered; a lobby asks no directory for longer ones. */
export const LOGIN_MAX = 256;

/** Longest text that "Join call" looks at. */
export const JOIN_TEXT_MAX = 4096;

/** Longest room password that can be entered. */
export const PASSWORD_MAX = 200;

/** Longest key or address of a live stream that can be entered. */
export const STREAM_KEY_MAX = 500;

/** Longest subject of a meeting that can be entered. */
export const SUBJECT_MAX = 200;
