import { JOIN_TEXT_MAX } from './limits';
import { RoomName } from './roomName';
import { isSecureUrl, parseUrl, withoutTrailingSlash } from './webUrl';

/** The beginning of a URL; `meet.example.com:8443/room` is a host with its port, not a scheme. */
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d)/i;

/**
 * The path of an invite link. A link that was cut or mistyped is taken as well when it begins as every invite does (a
 * JSON object in base64url): the lobby then says that it is not valid, which is more help than any guess here.
 */
const INVITE_PATH = /^\/join\/([\w-]+\.[\w-]+\.[\w-]+|eyJ[\w.-]*)\/?$/;

/**
 * Where a call goes. `deployment` is a base URL, `lobby` an origin; `invite` is the signed text of an invite link, and the
 * room beside it, if any, is where it must lead. A `lobby-room` is at a lobby that need not be the one in use.
 */
export type JoinTarget =
  | { kind: 'new' }
  | { kind: 'room'; room: RoomName }
  | { kind: 'url'; deployment: string; room: RoomName }
  | { kind: 'lobby-room'; lobby: string; room: RoomName }
  | { kind: 'invite'; lobby: string; invite: string; room?: RoomName | undefined };

/** Why a pasted text leads nowhere. */
export type JoinTextFault = 'empty' | 'too-long' | 'insecure' | 'no-room' | 'room-name' | 'not-a-link';

export type JoinTextResult = { ok: true; target: JoinTarget } | { ok: false; fault: JoinTextFault };

const refuse = (fault: JoinTextFault): JoinTextResult => ({ ok: false, fault });

/**
 * Reads what a person pasted into "Join call": a room name, the address of a Jitsi room, or an invite link
 * (`<lobby>/join/<invite>`). Only the room, the deployment and the invite are taken; query and hash, where Jitsi takes
 * tokens and `config.*` overrides, are dropped.
 */
export function parseJoinText(text: string): JoinTextResult {
  // Mail and chat programs put links in angle brackets (RFC 3986 appendix C).
  const pasted = text.trim().replace(/^<(.*)>$/, '$1');
  if (pasted === '') return refuse('empty');
  if (pasted.length > JOIN_TEXT_MAX) return refuse('too-long');

  const looksLikeUrl = SCHEME.test(pasted) || pasted.includes('/');
  if (!looksLikeUrl) {
    const room = RoomName.safeParse(pasted);
    return room.success ? { ok: true, target: { kind: 'room', room: room.data } } : refuse('room-name');
  }

  const withScheme = SCHEME.test(pasted) ? pasted : `https://${pasted}`;
  const url = parseUrl(withScheme);
  if (url === undefined) return refuse('not-a-link');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('not-a-link');
  if (!isSecureUrl(url)) return refuse('insecure');
  if (url.username !== '' || url.password !== '') return refuse('not-a-link');

  const invite = INVITE_PATH.exec(url.pathname)?.[1];
  if (invite !== undefined) return { ok: true, target: { kind: 'invite', lobby: url.origin, invite } };

  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const last = segments.pop();
  if (last === undefined) return refuse('no-room');
  const room = RoomName.safeParse(last);
  if (!room.success) return refuse('room-name');
  const deployment = withoutTrailingSlash([url.origin, ...segments].join('/'));
  return { ok: true, target: { kind: 'url', deployment, room: room.data } };
}
