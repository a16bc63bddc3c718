// @ts-check

/**
 * The parameters of a hash as Jitsi reads them: each value is percent-decoded and then parsed as JSON; one that is not
 * JSON is dropped (jitsi-meet `react/features/base/util/parseURLParams.ts`).
 *
 * @param {string} hash
 * @returns {Record<string, unknown>}
 */
function hashParameters(hash) {
  /** @type {Record<string, unknown>} */
  const parameters = {};
  for (const pair of hash.replace(/^#/, '').split('&')) {
    const [key, value] = pair.split('=');
    if (!key || value === undefined) continue;
    try {
      parameters[key] = JSON.parse(decodeURIComponent(value));
    } catch {
      console.error(`Failed to parse the URL parameter ${key}`);
    }
  }
  return parameters;
}

/**
 * @template T
 * @param {unknown} value
 * @param {T} type what `typeof` gives
 */
const only = (value, type) => (typeof value === type ? value : undefined);

/** What the page was opened with. The token is looked for in the hash first, then in the query, where it stands bare. */
export function readAddress() {
  const hash = hashParameters(location.hash);
  const token = only(hash['jwt'], 'string') ?? new URLSearchParams(location.search).get('jwt') ?? undefined;
  return {
    room: decodeURIComponent(location.pathname.split('/').pop() ?? '').toLowerCase(),
    token: /** @type {string | undefined} */ (token),
    displayName: /** @type {string | undefined} */ (only(hash['userInfo.displayName'], 'string')),
    externalApiId: /** @type {number | undefined} */ (only(hash['jitsi_meet_external_api_id'], 'number')),
    withoutPrejoin: hash['config.prejoinConfig.enabled'] === false,
    firstDevices: /** @type {Partial<Record<import('./devices.js').Kind, string>>} */ ({
      audioinput: only(hash['devices.audioInput'], 'string'),
      audiooutput: only(hash['devices.audioOutput'], 'string'),
      videoinput: only(hash['devices.videoInput'], 'string'),
    }),
    videoMuted: hash['config.startWithVideoMuted'] === true,
    // The real page looks into its deployment's config.js as well, where docker-jitsi-meet has it off.
    noticesTalkWhileMuted: hash['config.enableTalkWhileMuted'] === true,
    audioOnly: hash['config.startAudioOnly'] === true,
  };
}

/** After joining, the page takes query and hash off its address (measured): a reload has no token. */
export function stripAddress() {
  history.replaceState(history.state, '', location.pathname);
}
