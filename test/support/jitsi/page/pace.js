// @ts-check
/**
 * How long this page takes to open: nothing, as it lies here. A deployment that is told to take its time serves another one.
 *
 * `rounds`: work before the page's first word, as the real client's scripts are; `waitMs`: from then to its first connection,
 * in ms, as the real client waits for its deployment.
 */
export const pace = { rounds: 0, waitMs: 0 };
