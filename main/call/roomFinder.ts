/** The way to a room: what the user asked for, to a link that has been checked. */
import type { CallIntent, Room } from '../../shared/callState';
import type { CallFailure } from '../../shared/failure';
import { type ConfigOverrides, readOverrides } from '../../shared/jitsi/configOverrides';
import { meetingUrl, roomUrl } from '../../shared/jitsi/meetingUrl';
import type { JoinTarget } from '../../shared/joinTarget';
import type { AcceptedCallReply, AcceptedInviteReply, RenewalReply } from '../../shared/lobbyApi';
import { newRoomName, type RoomName } from '../../shared/roomName';
import { withoutTrailingSlash } from '../../shared/webUrl';
import { log } from '../log';
import { checkRoomLink } from '../security/roomLink';
import type { LobbyAccess } from '../signIn/lobbyAccess';
import type { KeySetCache } from './keySetCache';
import { type Place, startLinked } from './linkedDeployment';
import type { LobbyAnswer, LobbyClient } from './lobbyClient';
import type { Latencies } from './regionProbes';

/** What a call is started with, read at the click. */
export interface CallSettings {
  /** Base URL of the lobby; empty when none is set. */
  lobbyUrl: string;
  /** Base URL of free public Jitsi. */
  freeUrl: string;
  /** As the user set it; empty when not. */
  displayName: string;
  /** The call begins muted. */
  startMuted: boolean;
  /** A video call begins with the camera off. */
  cameraOff: boolean;
  /** The video of others is not fetched. */
  audioOnly: boolean;
  /** What policy wants different in the deployment's `config.js`. */
  config: ConfigOverrides;
}

/** A room that may be entered. `url` holds the token, `inviteUrl` an invite: both stay in the main process. */
export interface FoundRoom {
  room: Room;
  url: string;
  inviteUrl: string | undefined;
  /** Of the deployment, as the lobby names it. */
  region: string | undefined;
  /** The token's `jti`, for the log. */
  jti: string | undefined;
  renewal: Renewal;
}

/**
 * By what right the same room is entered anew: nothing but its name, the user's account, or what an invite gave. A grant
 * and an invite are secrets: they stay in the main process. `deployment` is an id.
 */
export type Renewal =
  | { by: 'name'; url: string }
  | { by: 'account'; lobby: string; deployment: string }
  | { by: 'invite'; lobby: string; deployment: string; invite: string; grant: string | undefined };

export type FindResult = { ok: true; found: FoundRoom } | { ok: false; failure: CallFailure };

export interface RoomFinderParts {
  lobby: LobbyClient;
  keySets: KeySetCache;
  access: Pick<LobbyAccess, 'ask'>;
  /** What was measured of the lobby's regions; `undefined` when nothing was. */
  latencies: (lobby: string) => Latencies | undefined;
  randomBelow: (bound: number) => number;
  /** What the lobby is told when the user has set no name. */
  accountName: string;
  /** This computer's clock, for lobbies that do not tell theirs. */
  now: () => Date;
}

/** A lobby's answer, and what it is held against. */
interface Granted {
  grant: AcceptedCallReply | AcceptedInviteReply | RenewalReply;
  /** The lobby's clock: it made the token by that, and this computer's may be wrong. */
  at: Date | undefined;
  expected: { room: RoomName | undefined; deployment: string | undefined };
  /** The lobby's published keys, on their way. */
  keySet: Promise<unknown>;
  /** Base URLs of the deployments that the lobby lists; empty when it lists none. */
  announced: readonly string[];
  inviteUrl: string | undefined;
  renewal: Exclude<Renewal, { by: 'name' }>;
  settings: CallSettings;
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
    const { target } = intent;
    if (target.kind === 'invite') return this.#byInvite(target, settings, signal, onAnswer);
    if (target.kind === 'lobby-room') {
      const there = { ...intent, target: { kind: 'room', room: target.room } } as const;
      return this.#byLobby(there, { ...settings, lobbyUrl: target.lobby }, signal, onAnswer);
    }
    if (intent.free) return this.#free(intent, settings);
    return this.#byLobby(intent, settings, signal, onAnswer);
  }

  /**
   * A fresh link into a room that the user has been in: the token of a call is good for its first minutes alone, and a
   * page that has lost its connection after that is not let in again (recorded: `cutexp`).
   */
  async renew(
    { room, renewal, inviteUrl, region }: FoundRoom,
    settings: CallSettings,
    signal: AbortSignal,
  ): Promise<FindResult> {
    if (renewal.by === 'name') {
      return { ok: true, found: { room, url: renewal.url, inviteUrl, region, jti: undefined, renewal } };
    }
    const { lobby } = renewal;
    const keySet = this.#parts.keySets.get(lobby, signal);
    const answer =
      renewal.by === 'account'
        ? await this.#renewByAccount(room.name, renewal, settings, signal)
        : await this.#renewByInvite(room.name, renewal, settings, signal);
    if (!answer.ok) return answer;
    const expected = { room: room.name, deployment: room.deployment };
    return this.#checked(
      {
        grant: answer.value,
        at: answer.at,
        expected,
        keySet,
        announced: [],
        inviteUrl,
        renewal,
        settings,
      },
      signal,
    );
  }

  async #renewByAccount(
    room: RoomName,
    { lobby, deployment }: Renewal & { by: 'account' },
    settings: CallSettings,
    signal: AbortSignal,
  ): Promise<LobbyAnswer<RenewalReply>> {
    const displayName = this.#nameOf(settings);
    const body = { displayName, deployment };
    return this.#parts.access.ask(lobby, async (proof) => {
      const answer = await this.#parts.lobby.renewToken(lobby, proof, room, body, signal);
      if (answer.ok || !isMissing(answer.failure)) return answer;
      // A lobby that does not know renewal lets its users into a room by name.
      return this.#parts.lobby.startCall(lobby, proof, { displayName, room }, signal);
    });
  }

  async #renewByInvite(
    room: RoomName,
    { lobby, deployment, invite, grant }: Renewal & { by: 'invite' },
    settings: CallSettings,
    signal: AbortSignal,
  ): Promise<LobbyAnswer<RenewalReply>> {
    const displayName = this.#nameOf(settings);
    if (grant !== undefined) {
      const body = { displayName, deployment };
      const answer = await this.#parts.lobby.renewToken(lobby, grant, room, body, signal);
      if (answer.ok || answer.failure.code !== 'lobby-unauthorized') return answer;
    }
    return this.#parts.lobby.useInvite(lobby, invite, { displayName }, signal);
  }

  #nameOf({ displayName }: CallSettings): string {
    return displayName === '' ? this.#parts.accountName : displayName;
  }

  #free({ target }: CallIntent, settings: CallSettings): FindResult {
    const deployment = withoutTrailingSlash(settings.freeUrl);
    if (target.kind === 'url' && target.deployment !== deployment) {
      return fail({ code: 'lobby-link-needs-lobby', host: new URL(target.deployment).host });
    }
    const name: RoomName =
      target.kind === 'url' || target.kind === 'room' ? target.room : newRoomName(this.#parts.randomBelow);
    const { displayName, audioOnly, config } = settings;
    const named = displayName === '' ? {} : { displayName };
    const url = meetingUrl({ deployment, room: name, audioOnly, config, ...named });
    const room = { name, deployment, free: true, invitable: true };
    const renewal: Renewal = { by: 'name', url };
    const inviteUrl = roomUrl(deployment, name);
    return { ok: true, found: { room, url, inviteUrl, region: undefined, jti: undefined, renewal } };
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

    if (fromLink === `${lobby}/join`) {
      // An invite link of this lobby, mistyped: no invite is as short as a room name.
      return fail({ code: 'invite-refused', host: new URL(lobby).host, expired: false });
    }

    const keySet = this.#parts.keySets.get(lobby, signal);
    const room = target.kind === 'url' || target.kind === 'room' ? target.room : undefined;
    const displayName = this.#nameOf(settings);
    const latencies = this.#parts.latencies(lobby);
    const body = {
      displayName,
      media,
      ...(room === undefined ? {} : { room }),
      ...(latencies === undefined ? {} : { latencies }),
    };
    const answer = await this.#parts.access.ask(lobby, async (proof) => {
      const list = () => this.#parts.lobby.announced(lobby, proof, signal);
      const start = (place: Place) =>
        this.#parts.lobby.startCall(lobby, proof, { ...body, ...place }, signal);
      let listing: ReturnType<typeof list>;
      let granting: ReturnType<typeof start>;
      if (fromLink === undefined) {
        // A token takes the lobby longer than its list does: that goes first.
        granting = start({});
        listing = list();
      } else {
        listing = list();
        granting = startLinked({ lobby, deployment: fromLink }, listing, start);
      }
      const granted = await granting;
      if (!granted.ok) return granted;
      const listed = await listing;
      return listed.ok ? { ...granted, value: { grant: granted.value, listed: listed.value } } : listed;
    });
    if (!answer.ok) return answer;
    onAnswer();
    const { grant, listed = [] } = answer.value;
    const announced = listed.map(({ url }) => url);
    const expected = { room, deployment: fromLink };
    const renewal = { by: 'account', lobby, deployment: grant.deployment.id } as const;
    const inviteUrl = grant.invite?.url;
    return this.#checked(
      { grant, at: answer.at, expected, keySet, announced, inviteUrl, renewal, settings },
      signal,
    );
  }

  async #byInvite(
    { lobby, invite, room }: JoinTarget & { kind: 'invite' },
    settings: CallSettings,
    signal: AbortSignal,
    onAnswer: OnAnswer,
  ): Promise<FindResult> {
    const keySet = this.#parts.keySets.get(lobby, signal);
    const displayName = this.#nameOf(settings);
    const answer = await this.#parts.lobby.useInvite(lobby, invite, { displayName }, signal);
    if (!answer.ok) return answer;
    onAnswer();
    const inviteUrl = `${lobby}/join/${invite}`;
    const expected = { room, deployment: undefined };
    const { deployment, renewal: given } = answer.value;
    const renewal = { by: 'invite', lobby, deployment: deployment.id, invite, grant: given?.token } as const;
    return this.#checked(
      {
        grant: answer.value,
        at: answer.at,
        expected,
        keySet,
        announced: [],
        inviteUrl,
        renewal,
        settings,
      },
      signal,
    );
  }

  async #checked(
    { grant, at, expected, keySet, announced, inviteUrl, renewal, settings }: Granted,
    signal: AbortSignal,
  ): Promise<FindResult> {
    const { lobby } = renewal;
    const now = at ?? this.#parts.now();
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
    const { audioOnly } = settings;
    const config = { ...lobbyOverrides(grant.config, lobby), ...settings.config };
    const url = meetingUrl({ deployment, room: grant.room, token: grant.token, audioOnly, config });
    const { region } = grant.deployment;
    return { ok: true, found: { room, url, inviteUrl, region, jti: verdict.jti, renewal } };
  }
}

/** Whether the lobby does not know the address: it is older, or of another make. */
function isMissing(failure: CallFailure): boolean {
  return failure.code === 'lobby-refused' ? failure.status === 404 : failure.code === 'not-a-lobby';
}

/** What the lobby wants different. What it may not want costs nobody the call: it is left out, and logged by name. */
function lobbyOverrides(written: Granted['grant']['config'], lobby: string): ConfigOverrides {
  const { overrides, refused } = readOverrides(written ?? {});
  if (refused.length > 0) {
    const names = refused.map(({ name }) => name.slice(0, 100)).slice(0, 20);
    log.warn('call.config-refused', { lobby, names: names.join(', ') });
  }
  return overrides;
}
