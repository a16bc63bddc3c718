/** Lengths alone, in characters, so that the toolbar's page needs no schema library to know them. */

/** Longest display name: Jitsi's own tile shows far less. */
export const DISPLAY_NAME_MAX = 80;

/** Longest address of a server. */
export const ADDRESS_MAX = 2048;

/** Longest access token; the lobby's own have 50. */
export const ACCESS_TOKEN_MAX = 4096;

/** Longest text that "Join call" looks at. */
export const JOIN_TEXT_MAX = 4096;
