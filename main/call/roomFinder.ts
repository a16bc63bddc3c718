/** The way to a room: what the user asked for, to a link that has been checked. */
import type { CallIntent, Room } from '../../shared/callState';
import type { CallFailure } from '../../shared/failure';
import { meetingUrl, roomUrl } from '../../shared/jitsi/meetingUrl';
import type { AcceptedCallReply, Deployment, InviteReply } from '../../shared/lobbyApi';
import { newRoomName, type RoomName } from '../../shared/roomName';
import { withoutTrailingSlash } from '../../shared/webUrl';
import { checkRoomLink } from '../security/roomLink';
import type { TokenAnswer } from '../security/credentials';
import type { KeySetCache } from './keySetCache';
import type { LobbyAnswer, LobbyClient } from './lobbyClient';

/** What a call is started with, read at the click. */
export interface CallSettings {
  /** Base URL of the lobby; empty when none is set. */
  lobbyUrl: string;
  /** Base URL of free public Jitsi. */
  freeUrl: string;
  /** As the user set it; empty when not. */
  displayName: string;
}

/** A room that may be entered. `url` holds the token, `inviteUrl` an invite: both stay in the main process. */
export interface FoundRoom {
  room: Room;
  url: string;
  inviteUrl: string | undefined;
  /** The token's `jti`, for the log. */
  jti: string | undefined;
}

export type FindResult = { ok: true; found: FoundRoom } | { ok: false; failure: CallFailure };

export interface RoomFinderParts {
  lobby: LobbyClient;
  keySets: KeySetCache;
  readToken: (lobbyOrigin: string) => Promise<TokenAnswer>;
  randomBelow: (bound: number) => number;
  /** What the lobby is told when the user has set no name. */
  accountName: string;
  now: () => Date;
}

/** Called when the lobby has answered and the link is about to be checked. */
type OnAnswer = () => void;

const fail = (failure: CallFailure): FindResult => ({ ok: false, failure });

export class RoomFinder {
  readonly #parts: RoomFinderParts;

  constructor(parts: RoomFinderParts) {
    this.#parts = parts;
  }

  /** Finds the room an intent means. Aborting `signal` ends it at once; the result is then of no use. */
  async find(
    intent: CallIntent,
    settings: CallSettings,
    signal: AbortSignal,
    onAnswer: OnAnswer,
  ): Promise<FindResult> {
    if (intent.target.kind === 'invite') {
      return this.#byInvite(intent.target.lobby, intent.target.invite, settings, signal, onAnswer);
    }
    if (intent.free) return this.#free(intent, settings);
    return this.#byLobby(intent, settings, signal, onAnswer);
  }

  #free({ target }: CallIntent, settings: CallSettings): FindResult {
    const deployment = withoutTrailingSlash(settings.freeUrl);
    if (target.kind === 'url' && target.deployment !== deployment) {
      return fail({ code: 'lobby-link-needs-lobby', host: new URL(target.deployment).host });
    }
    const name: RoomName =
      target.kind === 'url' || target.kind === 'room' ? target.room : newRoomName(this.#parts.randomBelow);
    const { displayName } = settings;
    const url = meetingUrl({ deployment, room: name, ...(displayName === '' ? {} : { displayName }) });
    const room = { name, deployment, free: true, invitable: true };
    return { ok: true, found: { room, url, inviteUrl: roomUrl(deployment, name), jti: undefined } };
  }

  async #byLobby(
    { target, media }: CallIntent,
    settings: CallSettings,
    signal: AbortSignal,
    onAnswer: OnAnswer,
  ): Promise<FindResult> {
    const { lobbyUrl: lobby } = settings;
    if (lobby === '') return fail({ code: 'no-lobby' });
    const fromLink = target.kind === 'url' ? target.deployment : undefined;
    if (fromLink !== undefined && fromLink === withoutTrailingSlash(settings.freeUrl)) {
      return fail({ code: 'free-link-needs-free-mode', host: new URL(fromLink).host });
    }

    const keySet = this.#parts.keySets.get(lobby, signal);
    const token = await this.#parts.readToken(new URL(lobby).origin);
    if (!token.ok) return fail({ code: 'keychain', fault: token.fault });

    const room = target.kind === 'url' || target.kind === 'room' ? target.room : undefined;
    const displayName = settings.displayName === '' ? this.#parts.accountName : settings.displayName;
    const body = { displayName, media, ...(room === undefined ? {} : { room }) };
    const [answer, listed] = await Promise.all([
      this.#parts.lobby.startCall(lobby, token.token, body, signal),
      this.#parts.lobby.deployments(lobby, token.token, signal),
    ]);
    if (!answer.ok) return answer;
    onAnswer();
    const expected = { room, deployment: fromLink };
    return this.#checked(lobby, answer.value, answer.value.invite?.url, expected, listed, keySet, signal);
  }

  async #byInvite(
    lobby: string,
    invite: string,
    settings: CallSettings,
    signal: AbortSignal,
    onAnswer: OnAnswer,
  ): Promise<FindResult> {
    const keySet = this.#parts.keySets.get(lobby, signal);
    const displayName = settings.displayName === '' ? this.#parts.accountName : settings.displayName;
    const answer = await this.#parts.lobby.useInvite(lobby, invite, { displayName }, signal);
    if (!answer.ok) return answer;
    onAnswer();
    const inviteUrl = `${lobby}/join/${invite}`;
    const expected = { room: undefined, deployment: undefined };
    return this.#checked(lobby, answer.value, inviteUrl, expected, undefined, keySet, signal);
  }

  async #checked(
    lobby: string,
    grant: AcceptedCallReply | InviteReply,
    inviteUrl: string | undefined,
    expected: { room: RoomName | undefined; deployment: string | undefined },
    listed: LobbyAnswer<readonly Deployment[]> | undefined,
    keySet: Promise<unknown>,
    signal: AbortSignal,
  ): Promise<FindResult> {
    const announced = listed?.ok === true ? listed.value.map(({ url }) => url) : [];
    const now = this.#parts.now();
    let verdict = await checkRoomLink(grant, { ...expected, announced, keySet: await keySet }, now);
    if (!verdict.ok && (verdict.fault === 'signature' || verdict.fault === 'keys-unavailable')) {
      // The lobby may have a new key since the set was fetched.
      const fresh = await this.#parts.keySets.fetch(lobby, signal);
      verdict = await checkRoomLink(grant, { ...expected, announced, keySet: fresh }, now);
    }
    if (!verdict.ok) {
      const { host } = new URL(lobby);
      return fail({ code: 'room-link-refused', host, fault: verdict.fault, detail: verdict.detail });
    }
    const deployment = withoutTrailingSlash(grant.deployment.url);
    const room = { name: grant.room, deployment, free: false, invitable: inviteUrl !== undefined };
    const url = meetingUrl({ deployment, room: grant.room, token: grant.token });
    return { ok: true, found: { room, url, inviteUrl, jti: verdict.jti } };
  }
}
