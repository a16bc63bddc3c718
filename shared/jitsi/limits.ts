/** Constants of the page's messages alone, so that the preload brings no schema library into the page. */

/** The `jitsi_meet_external_api_id` that Parley puts into the hash. Without it the page's scope is missing. */
export const EXTERNAL_API_ID = 7;

/** The scope that the page derives from the id; messages of any other scope are not for us. */
export const SCOPE = `jitsi_meet_external_api_${EXTERNAL_API_ID}`;

/** Longest message taken from a page, in UTF-16 code units. The longest recorded one has about 2,000. */
export const MESSAGE_MAX = 65_536;

/** Most messages taken from a page in a second. The busiest recorded second, at load, has about 30. */
export const MESSAGES_PER_SECOND = 300;
