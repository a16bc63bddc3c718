/**
 * What of a deployment's `config.js` may be different in a call: `configOverwrite` of Jitsi's external API, which a page at
 * top level takes from its address. Jitsi drops every name that is not on its list; here such a name is refused, and named.
 */

/** Names with dots for what lies deeper, as they stand in an address; each value is JSON. */
export type ConfigOverrides = Readonly<Record<string, unknown>>;

/**
 * - `unknown`: not on Jitsi's list, so the page would drop it;
 * - `own`: Parley sets it itself, or could not work with another value;
 * - `too-long`: more than an address should hold.
 */
export interface RefusedOverride {
  name: string;
  because: 'unknown' | 'own' | 'too-long';
}

export interface ReadOverrides {
  overrides: ConfigOverrides;
  refused: readonly RefusedOverride[];
}

/** Longest value as JSON, in UTF-16 code units. */
const VALUE_MAX = 2_000;
/** Most names that are taken. */
const NAMES_MAX = 100;
/** Names within names; nothing on the list lies deeper than four. */
const DEPTH_MAX = 8;

/**
 * Jitsi's list for a page that is not in a frame: jitsi-meet `react/features/base/config/configWhitelist.ts`, as of 2025
 * (commit 02a8f1a4665d). A name stands for all that lies below it. Clients of other years drop what they do not know.
 */
const ALLOWED: ReadonlySet<string> = new Set(
  `
  _desktopSharingSourceDevice _peerConnStatusOutOfLastNTimeout _peerConnStatusRtcMuteTimeout analytics.disabled
  analytics.rtcstatsEnabled analytics.watchRTCEnabled apiLogLevels audioLevelsInterval audioQuality autoKnockLobby
  avgRtpStatsN backgroundAlpha brandingRoomAlias breakoutRooms bridgeChannel buttonsWithNotifyClick callDisplayName
  callFlowsEnabled callHandle callUUID cameraFacingMode channelLastN conferenceInfo connectionIndicators constraints
  deeplinking.desktop.enabled deeplinking.disabled defaultLocalDisplayName defaultRemoteDisplayName
  desktopSharingFrameRate desktopSharingSources disable1On1Mode disableAEC disableAGC disableAP
  disableAddingBackgroundImages disableAudioLevels disableBeforeUnloadHandlers disableCameraTintForeground
  disableChatSmileys disableDeepLinking disableFilmstripAutohiding disableIncomingMessageSound disableInitialGUM
  disableInviteFunctions disableJoinLeaveSounds disableLocalVideoFlip disableModeratorIndicator disableNS disablePolls
  disableProfile disableReactions disableReactionsModeration disableRecordAudioNotification disableRemoteControl
  disableRemoteMute disableRemoveRaisedHandOnFocus disableResponsiveTiles disableRtx disableSelfDemote disableSelfView
  disableSelfViewSettings disableShortcuts disableShowMoreStats disableSimulcast disableSpeakerStatsSearch
  disableThirdPartyRequests disableTileEnlargement disableTileView disableVirtualBackground disabledNotifications
  disabledSounds displayJids doNotFlipLocalVideo doNotStoreRoom dropbox.appKey e2ee e2eeLabels e2eping
  enableCalendarIntegration enableDisplayNameInStats enableEmailInStats enableEncodedTransformSupport
  enableInsecureRoomNameWarning enableLobbyChat enableNoAudioDetection enableNoisyMicDetection enableOpusRed enableRemb
  enableSaveLogs enableTalkWhileMuted enableTcc faceLandmarks feedbackPercentage filmstrip filmstripBackgroundOpaque
  flags forceTurnRelay gatherStats giphy googleApiApplicationClientID gravatar.disabled hiddenPremeetingButtons
  hideAddRoomButton hideConferenceSubject hideConferenceTimer hideDisplayName hideDominantSpeakerBadge
  hideEmailInSettings hideLobbyButton hideParticipantsStats hideRecordingLabel iAmRecorder iAmSipGateway
  ignoreStartMuted inviteAppName liveStreaming.enabled liveStreamingEnabled lobby localRecording localSubject logging
  mainToolbarButtons maxFullResolutionParticipants mouseMoveCallbackInterval notificationTimeouts notifications
  notifyOnConferenceDestruction openSharedDocumentOnJoin opusMaxAverageBitrate p2p.backToP2PDelay
  p2p.codecPreferenceOrder p2p.enabled p2p.iceTransportPolicy p2p.mobileCodecPreferenceOrder
  p2p.mobileScreenshareCodec participantMenuButtonsWithNotifyClick participantsPane pcStatsInterval preferBosh
  preferVisitor prejoinConfig.enabled prejoinConfig.hideDisplayName prejoinConfig.hideExtraJoinButtons
  prejoinPageEnabled raisedHands readOnlyName recordingService recordings.recordAudioAndVideo
  recordings.showPrejoinWarning recordings.showRecordingLink recordings.suggestRecording remoteVideoMenu
  replaceParticipant requireDisplayName resolution roomPasswordNumberOfDigits screenshotCapture securityUi speakerStats
  speakerStatsOrder startAudioMuted startAudioOnly startLastN startScreenSharing startSilent startVideoMuted
  startWithAudioMuted startWithVideoMuted stereo subject testing tileView toolbarButtons toolbarConfig
  transcribingEnabled transcription useHostPageLocalStorage useTurnUdp videoQuality visitors.enableMediaOnPromote
  watchRTCConfigParams.allowBrowserLogCollection watchRTCConfigParams.collectionInterval watchRTCConfigParams.console
  watchRTCConfigParams.debug watchRTCConfigParams.keys watchRTCConfigParams.logGetStats watchRTCConfigParams.rtcApiKey
  watchRTCConfigParams.rtcPeerId watchRTCConfigParams.rtcRoomId watchRTCConfigParams.rtcTags
  watchRTCConfigParams.rtcToken webrtcIceTcpDisable webrtcIceUdpDisable whiteboard.enabled
  `
    .trim()
    .split(/\s+/),
);

/**
 * On Jitsi's list, but not for others to set, with all below: a call is joined without media, and Parley alone opens
 * devices; a page that takes its user for a recorder, or waits for an embedder to keep its storage, or floods its embedder
 * with messages, is no meeting that Parley could show.
 */
const OWN: ReadonlySet<string> = new Set([
  'apiLogLevels',
  'disableInitialGUM',
  'iAmRecorder',
  'iAmSipGateway',
  'mouseMoveCallbackInterval',
  'prejoinConfig',
  'prejoinPageEnabled',
  'startAudioMuted',
  'startAudioOnly',
  'startScreenSharing',
  'startSilent',
  'startVideoMuted',
  'startWithAudioMuted',
  'startWithVideoMuted',
  'useHostPageLocalStorage',
]);

/** Reads overrides that somebody has written: each name is judged by itself, and one that is refused costs no other. */
export function readOverrides(written: Readonly<Record<string, unknown>>): ReadOverrides {
  const overrides: Record<string, unknown> = {};
  const refused: RefusedOverride[] = [];
  for (const [name, value] of leaves(written, '', 0)) {
    const because =
      Object.keys(overrides).length >= NAMES_MAX || JSON.stringify(value).length > VALUE_MAX
        ? 'too-long'
        : judge(name);
    if (because === undefined) overrides[name] = value;
    else refused.push({ name, because });
  }
  return { overrides, refused };
}

/** The parameters of an address's hash (jitsi-meet `react/features/base/util/parseURLParams.ts`). */
export function overrideParameters(overrides: ConfigOverrides): string[] {
  return Object.entries(overrides).map(
    ([name, value]) => `config.${name}=${encodeURIComponent(JSON.stringify(value))}`,
  );
}

/** Every value that is no object, with its dotted name: `{"p2p":{"enabled":false}}` and `{"p2p.enabled":false}` are one. */
function leaves(
  written: Readonly<Record<string, unknown>>,
  before: string,
  depth: number,
): [string, unknown][] {
  return Object.entries(written).flatMap(([name, value]): [string, unknown][] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[before + name, value]];
    const within = `${before}${name}.`;
    // No name has an ellipsis in it: what lies too deep is refused, and not looked at.
    if (depth >= DEPTH_MAX) return [[`${within}…`, null]];
    return leaves(value as Readonly<Record<string, unknown>>, within, depth + 1);
  });
}

function judge(name: string): RefusedOverride['because'] | undefined {
  const parts = name.split('.');
  const under = (list: ReadonlySet<string>) =>
    parts.some((_part, index) => list.has(parts.slice(0, index + 1).join('.')));
  if (under(OWN)) return 'own';
  const plain = parts.every((part) => /^\w+$/.test(part) && !(part in Object.prototype));
  return plain && under(ALLOWED) ? undefined : 'unknown';
}
