/** Channel names alone, so that the preloads need nothing but these constants. */

/** Toolbar to main, with an answer: a command's name and its argument (see `commands.ts`). */
export const COMMAND_CHANNEL = 'command';

/** Main to toolbar: a whole {@link import('./snapshot').Snapshot} each time something changed. */
export const SNAPSHOT_CHANNEL = 'snapshot';

/** Main to toolbar: a panel to open, by its name. */
export const PANEL_CHANNEL = 'panel';

/** Meeting page to main: one message of the page as text. */
export const PAGE_MESSAGE_CHANNEL = 'meeting/message';

/** Main to meeting page: one message for the page as text. */
export const PAGE_POST_CHANNEL = 'meeting/post';
