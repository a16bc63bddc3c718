import type { LanguageChoice } from '../languages';
import type { RoomName } from '../roomName';
import { parseUrl, withoutTrailingSlash } from '../webUrl';
import { type ConfigOverrides, overrideParameters } from './configOverrides';
import { EXTERNAL_API_ID } from './limits';
import type { DeviceKind } from './requests';

/** What the meeting page is opened with. `deployment` is a base URL; a free room has no token and brings its own name. */
export interface Meeting {
  deployment: string;
  room: RoomName;
  token?: string;
  displayName?: string;
  /** The video of others is not fetched. */
  audioOnly?: boolean;
  /** What of the deployment's `config.js` is different. */
  config?: ConfigOverrides;
}

/**
 * What is different from the deployment's `config.js` unless an override says what is to hold. Without its option the page
 * never notices that its user talks while muted (lib-jitsi-meet `JitsiConference.ts`), and docker-jitsi-meet leaves it off.
 */
const PREFERRED: ConfigOverrides = { enableTalkWhileMuted: true };

/** The address of a room as a person may see and share it: no token. */
export function roomUrl(deployment: string, room: RoomName): string {
  return `${withoutTrailingSlash(deployment)}/${room}`;
}

/**
 * The address that the meeting view loads. Everything secret or personal stands in the hash, which browsers do not send
 * to servers, as JSON text (jitsi-meet `react/features/base/util/parseURLParams.ts`). With
 * `config.prejoinConfig.enabled=false` a top-level page joins without media: muted, no `getUserMedia` (measured).
 */
export function meetingUrl({
  deployment,
  room,
  token,
  displayName,
  audioOnly = false,
  config = {},
}: Meeting): string {
  const hash = [
    ...(token === undefined ? [] : [`jwt=${json(token)}`]),
    ...overrideParameters({ ...PREFERRED, ...config }),
    'config.prejoinConfig.enabled=false',
    'config.startWithVideoMuted=true',
    ...(audioOnly ? ['config.startAudioOnly=true'] : []),
    `jitsi_meet_external_api_id=${EXTERNAL_API_ID}`,
    ...(displayName === undefined ? [] : [displayNameParameter(displayName)]),
  ];
  return `${roomUrl(deployment, room)}#${hash.join('&')}`;
}

/** How the hash says what somebody is called of whom the token does not say it. */
export const displayNameParameter = (displayName: string) => `userInfo.displayName=${json(displayName)}`;

/**
 * A meeting's address in the language that the user has chosen; otherwise the page looks for the system's by itself. In
 * the query, where Jitsi's own `lang` option puts it: `config.defaultLanguage` is not among what a URL may override
 * (jitsi-meet `react/features/base/i18n/languageDetector.web.ts`, `base/config/configWhitelist.ts`).
 */
export function inLanguage(url: string, language: LanguageChoice): string {
  return language === 'system' ? url : url.replace('#', `?lang=${language}#`);
}

/** How the hash names the devices to begin with (jitsi-meet `react/features/base/devices/functions.web.ts`). */
const FIRST_DEVICE = {
  audioinput: 'devices.audioInput',
  audiooutput: 'devices.audioOutput',
  videoinput: 'devices.videoInput',
} as const satisfies Record<DeviceKind, string>;

/**
 * The same address with the devices that the page shall open first, by label. A label that the page does not find counts
 * for nothing; neither does an empty one.
 */
export function withFirstDevices(url: string, labels: Partial<Record<DeviceKind, string>>): string {
  const wanted = Object.entries(labels) as [DeviceKind, string][];
  const parameters = wanted
    .filter(([, label]) => label !== '')
    .map(([kind, label]) => `&${FIRST_DEVICE[kind]}=${json(label)}`);
  return url + parameters.join('');
}

/** A compact JWS (RFC 7515 section 7.1), by its shape. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const TOKEN_MAX = 16_384;

/**
 * The token that an address brings to a room, where a deployment's sign-in sends its people back to: as `jwt` in the query,
 * bare, or in the hash, as JSON. `undefined` when it leads elsewhere or brings none.
 * @param room address of the room in the meeting's view
 */
export function tokenForRoom(address: string, room: string): string | undefined {
  const [url, own] = [parseUrl(address), parseUrl(room)];
  if (url === undefined || own === undefined) return undefined;
  const path = ({ pathname }: URL) => pathname.toLowerCase();
  if (url.origin !== own.origin || path(url) !== path(own)) return undefined;
  const inHash = new URLSearchParams(url.hash.slice(1)).get('jwt')?.replace(/^"(.*)"$/, '$1');
  const token = url.searchParams.get('jwt') ?? inHash ?? '';
  return token.length <= TOKEN_MAX && TOKEN.test(token) ? token : undefined;
}

/** A meeting's address with a token, in place of the one that it may have. */
export function withToken(url: string, token: string): string {
  const [room = '', hash = ''] = url.split('#');
  const others = hash.split('&').filter((parameter) => !parameter.startsWith('jwt='));
  return `${room}#${[`jwt=${json(token)}`, ...others].join('&')}`;
}

function json(value: string): string {
  return encodeURIComponent(JSON.stringify(value));
}
