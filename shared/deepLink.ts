/**
 * Links that open Parley from elsewhere: `parley://call`, and `parley://join?lobby=…&invite=…&room=…` as a lobby's join
 * page writes it. Anybody can make one, so nothing but a room, a lobby and an invite comes in by it, and whatever is not
 * exactly of that form is refused.
 */
import { JOIN_TEXT_MAX } from './limits';
import { RoomName } from './roomName';
import { isSecureUrl, parseUrl } from './webUrl';

export type DeepLink =
  | { kind: 'call' }
  /** `lobby` is an origin. With a room beside the invite, the invite must lead there. */
  | { kind: 'invite'; lobby: string; invite: string; room: RoomName | undefined }
  | { kind: 'room'; lobby: string; room: RoomName };

/** Why a link is refused: `form` is anything but a scheme, an action and parameters; the others name the part. */
export type DeepLinkFault =
  'too-long' | 'form' | 'action' | 'parameter' | 'lobby' | 'invite' | 'room' | 'incomplete';

export type DeepLinkResult = { ok: true; link: DeepLink } | { ok: false; fault: DeepLinkFault };

/** No user info, no port, no path but a slash that systems add, no fragment: there is nowhere to put them. */
const FORM = /^parley:\/\/([a-z]+)\/?(?:\?([\x21-\x22\x24-\x7e]*))?$/i;

/** A compact JWS (RFC 7515 section 7.1). */
const INVITE = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const PARAMETERS = ['lobby', 'invite', 'room'] as const;

const refuse = (fault: DeepLinkFault): DeepLinkResult => ({ ok: false, fault });

export function parseDeepLink(text: string): DeepLinkResult {
  if (text.length > JOIN_TEXT_MAX) return refuse('too-long');
  const [whole, action, query = ''] = FORM.exec(text) ?? [];
  if (whole === undefined) return refuse('form');
  const parameters = new URLSearchParams(query);
  switch (action?.toLowerCase()) {
    case 'call':
      return query === '' ? { ok: true, link: { kind: 'call' } } : refuse('parameter');
    case 'join':
      return parseJoin(parameters);
    default:
      return refuse('action');
  }
}

function parseJoin(parameters: URLSearchParams): DeepLinkResult {
  const names = [...parameters.keys()];
  const known = names.every((name) => PARAMETERS.some((one) => one === name));
  if (!known || new Set(names).size !== names.length) return refuse('parameter');
  const [lobby, invite, roomText] = PARAMETERS.map((name) => parameters.get(name) ?? undefined);

  if (lobby === undefined || (invite === undefined && roomText === undefined)) return refuse('incomplete');
  const url = parseUrl(lobby);
  if (url === undefined || !isSecureUrl(url) || url.origin !== lobby) return refuse('lobby');
  const parsed = RoomName.safeParse(roomText);
  // As it stands: a room that is spelt in another way is another text than the one the user is asked about.
  const room = parsed.success && parsed.data === roomText ? parsed.data : undefined;
  if (roomText !== undefined && room === undefined) return refuse('room');

  if (invite !== undefined) {
    return INVITE.test(invite)
      ? { ok: true, link: { kind: 'invite', lobby, invite, room } }
      : refuse('invite');
  }
  return room === undefined ? refuse('incomplete') : { ok: true, link: { kind: 'room', lobby, room } };
}
