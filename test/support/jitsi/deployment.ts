import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AsapKeys, noPublicKeys } from './asapKeys';
import { Faults, type Fault } from './faults';
import { PageConnection, type Shared } from './pageConnection';
import { type Pace, roomOfPath, serve } from './pageFiles';
import { RoomDirectory } from './roomDirectory';
import type { MediaType, Named, Occupant } from './wire';

export type { Fault } from './faults';
export type { Occupant } from './wire';

export interface DeploymentOptions {
  /** Base URL of the ASAP key server; without it the deployment takes no token. */
  asapKeyServer?: string;
  /** Default `CodeWithMe`. */
  appId?: string;
  /** Default `127.0.0.1`, the host of `url`. */
  xmppDomain?: string;
  /** The page's rooms are this tenant's, at `/<tenant>/<room>`. */
  tenant?: string;
  /** Tokens are checked with this secret, and the key server is not asked. */
  secret?: string;
  /** Default: true with a key server. False plays a free public Jitsi. */
  tokenRequired?: boolean;
  /** Default: any free one. */
  port?: number;
  /** Accounts of the deployment's own, password by user: its page asks for one. Default: none. */
  accounts?: Readonly<Record<string, string>>;
  /** Whether rooms open only once a host has arrived. Default: false. */
  waitsForHost?: boolean;
  /** Whether there is somebody who records. Default: no. */
  recorder?: 'works' | 'busy';
  /** Whether a moderator can end a meeting for all. Default: false. */
  endsForAll?: boolean;
  /**
   * How long its page takes to switch its microphone or camera, by a command and by its own buttons alike, in ms. Default:
   * no time at all. The real client has {@link RECORDED_SWITCH_MS}.
   */
  switchMs?: number;
  /** Where the fault `sent-elsewhere` sends to. Default: a name that nobody can have. */
  elsewhere?: string;
  /** The deployment's clock. Default `Date.now`. */
  now?: () => number;
}

/**
 * From `toggle-audio` to the real client's first word on its microphone, in ms: the median of the four that are recorded (22
 * and 27 in `one-to-one-call.jsonl`, 40 in `devices-and-e2ee.jsonl`, 31 in `cut` of `refusals-and-cuts.jsonl`). Each of them
 * opens it; none that mutes an open one is recorded. The camera takes longer: 51 from `toggle-video` to its being off.
 */
export const RECORDED_SWITCH_MS = 29;

/**
 * From the load of the real client's page to its first word, and from that to its word that it has joined, in ms: the medians
 * of the six that are recorded (1,983 and 979, 2,228 and 1,194 in `one-to-one-call.jsonl`; 3,043 and 1,241, 2,383 and 1,385 in
 * `devices-and-e2ee.jsonl`; 2,184 and 1,021, 2,296 and 1,047 in `refusals-and-cuts.jsonl`).
 */
export const RECORDED_OPENING = { loadMs: 2_262, joinMs: 1_121 } as const;

/** An HTTP request as it arrived: tests look here for what must never reach a deployment. */
export interface SeenRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
}

/** How long a cut page may take to come back once it could, as Prosody lets a session hibernate. */
const HIBERNATION_MS = 5000;

/** Who kicks when nobody in the room does. */
const FOCUS: Named = { id: 'focus', name: 'Moderator' };

/** Starts a stand-in for a Jitsi deployment on the loopback interface. */
export async function startDeployment(options: DeploymentOptions = {}): Promise<JitsiDeployment> {
  const deployment = new JitsiDeployment(options);
  await deployment.listen(options.port ?? 0);
  return deployment;
}

/** A stand-in for a Jitsi deployment: a web server, its room page, and the rooms behind it. */
export class JitsiDeployment {
  readonly requests: SeenRequest[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  readonly #connections = new Set<PageConnection>();
  readonly #shared: Shared;
  readonly #elsewhere: string;
  #host = '';
  #hibernation: NodeJS.Timeout | undefined;
  #pace: Pace | undefined;

  constructor(options: DeploymentOptions) {
    const { asapKeyServer, appId, xmppDomain, tokenRequired, now, tenant, secret } = options;
    this.#elsewhere = options.elsewhere ?? 'https://elsewhere.invalid';
    this.#shared = {
      rooms: new RoomDirectory(),
      faults: new Faults(),
      ways: {
        accounts: options.accounts,
        hosts: options.waitsForHost === true ? new Set() : undefined,
        recorder: options.recorder ?? 'absent',
        endsForAll: options.endsForAll ?? false,
        switchMs: options.switchMs,
      },
      rules: {
        appId: appId ?? 'CodeWithMe',
        xmppDomain: xmppDomain ?? '127.0.0.1',
        tokenRequired: tokenRequired ?? asapKeyServer !== undefined,
        keys: asapKeyServer === undefined ? noPublicKeys : new AsapKeys(asapKeyServer),
        now: now ?? Date.now,
        ...(tenant === undefined ? {} : { tenant }),
        ...(secret === undefined ? {} : { secret }),
      },
    };
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** The deployment's origin, without a trailing slash. */
  get url(): string {
    return `http://${this.#host}`;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    this.#host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Stops for good: from here on connections are refused. */
  async stop(): Promise<void> {
    clearTimeout(this.#hibernation);
    this.#shared.rooms.close();
    for (const connection of this.#connections) connection.cut();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** From here on its page takes so long to open; `undefined`: no time at all, as at first. */
  setPace(pace: Pace | undefined): void {
    this.#pace = pace;
  }

  /** Who is in which room, as a peer would see them. */
  rooms(): Map<string, Occupant[]> {
    return this.#shared.rooms.occupants();
  }

  /** Resolves, on the change itself, with the room's occupants once they are as asked for. */
  waitFor(room: string, predicate: (occupants: Occupant[]) => boolean): Promise<Occupant[]> {
    return this.#shared.rooms.waitFor(room, predicate);
  }

  /** Gets it wrong the next time only. */
  next(fault: Fault): void {
    if (fault === 'drop') this.#cutAll();
    else this.#shared.faults.next(fault);
  }

  /** Gets it wrong from now on, until `restore`. */
  fail(fault: Fault): void {
    this.#shared.faults.fail(fault);
    if (fault === 'drop') this.#cutAll();
  }

  /** All is well again; a page whose socket was cut comes back by itself. */
  restore(): void {
    this.#shared.faults.restore();
    this.#expectBack();
  }

  /** A moderator throws somebody out. */
  kick(room: string, id: string): void {
    this.#shared.rooms.find(room)?.kick(id, FOCUS);
  }

  /** A moderator mutes somebody's microphone. */
  setMuted(room: string, id: string): void {
    this.#shared.rooms.find(room)?.muteByModerator(id, 'audio');
  }

  /** A moderator mutes all. */
  muteEveryone(room: string, mediaType: MediaType = 'audio'): void {
    this.#shared.rooms.find(room)?.muteEveryone(mediaType);
  }

  /** A host comes into a room, and with that everybody who waits for one. */
  letHostIn(room: string): void {
    this.#shared.ways.hosts?.add(room);
    for (const connection of this.#connections) connection.hostArrived(room);
  }

  /** Somebody speaks. */
  speak(room: string, id: string): void {
    this.#shared.rooms.find(room)?.setSpeaker(id);
  }

  /** Somebody talks into their microphone, muted or not, which their own page alone may notice. */
  talk(room: string, id: string): void {
    this.#shared.rooms.find(room)?.talk(id);
  }

  #cutAll(): void {
    for (const connection of this.#connections) connection.cut();
    if (!this.#shared.faults.stands('drop')) this.#expectBack();
  }

  #expectBack(): void {
    clearTimeout(this.#hibernation);
    this.#hibernation = setTimeout(() => {
      if (!this.#shared.faults.stands('drop')) this.#shared.rooms.dismissDisconnected();
    }, HIBERNATION_MS).unref();
  }

  #record({ method = '', url = '', headers }: IncomingMessage): URL {
    this.requests.push({ method, path: url, headers });
    const { tenant } = this.#shared.rules;
    const below = tenant !== undefined && url.startsWith(`/${tenant}/`);
    return new URL(below ? url.slice(tenant.length + 1) : url, this.url);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = this.#record(request);
    const isRoom = roomOfPath(pathname) !== undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    }
    if (isRoom && this.#shared.faults.strikes('page-error')) {
      return void response.writeHead(502, { 'content-type': 'text/plain' }).end('Bad gateway');
    }
    if (isRoom && this.#shared.faults.strikes('sent-elsewhere')) {
      return void response.writeHead(302, { location: `${this.#elsewhere}${pathname}` }).end();
    }
    // As the page's address has it: there may be a proxy in between.
    const { host = this.#host } = request.headers;
    const { xmppDomain } = this.#shared.rules;
    const served = await serve(pathname, { host, xmppDomain, pace: this.#pace });
    response.writeHead(served.status, {
      'content-type': `${served.type}; charset=utf-8`,
      'cache-control': 'no-store',
      'content-security-policy':
        `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ws://${host}; ` +
        `base-uri 'none'; form-action 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : served.body);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname, searchParams } = this.#record(request);
    const room = roomOfPath(`/${searchParams.get('room') ?? ''}`);
    if (pathname !== '/xmpp-websocket' || room === undefined || this.#shared.faults.stands('drop')) {
      return void socket.destroy();
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new PageConnection(webSocket, room, this.#shared);
      this.#connections.add(connection);
      webSocket.once('close', () => this.#connections.delete(connection));
    });
  }
}
