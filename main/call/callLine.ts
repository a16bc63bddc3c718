/** All that watches a joined call's way to its deployment: whether the page still reaches it, and how good the line is. */
import type { CallEvent, Room } from '../../shared/callState';
import type { Line } from '../../shared/lineQuality';
import type { Meeting } from '../../shared/meeting';
import type { CallView } from './callView';
import { ConnectionWatch } from './connectionWatch';
import { LineWatch } from './lineWatch';
import { MediaTraffic } from './mediaTraffic';
import type { Probe } from './probe';
import type { XmppSign } from './xmppTraffic';

/** What the call knows of the network, apart from its page. */
export interface Network {
  probe: Probe;
  isOnline: () => boolean;
}

export interface CallLineParts {
  room: Room;
  network: Network;
  view: Pick<CallView, 'readMedia' | 'readReceived'>;
  meeting: () => Pick<Meeting, 'peerToPeer'>;
  tell: (event: CallEvent) => void;
  /** The deployment answers, and the page does not get back to it by itself. */
  onStuck: () => void;
  /** Monotonic, ms. */
  now: () => number;
}

export class CallLine {
  readonly #connection: ConnectionWatch;
  readonly #line: LineWatch;

  /** Begins at once; the page has joined. */
  constructor({ room, network, view, meeting, tell, onStuck, now }: CallLineParts) {
    // Whatever is there or not: that it is said shows that the server is reached.
    const address = `${new URL(room.deployment).origin}/favicon.ico`;
    const line = new LineWatch({
      readMedia: () => view.readMedia(),
      onQuality: (quality) => tell({ type: 'line', quality }),
    });
    this.#line = line;
    const traffic = new MediaTraffic(() => view.readReceived());
    this.#connection = new ConnectionWatch({
      probe: (timeoutMs) => network.probe(address, timeoutMs),
      isOnline: network.isOnline,
      onProbe: (roundTripMs) => line.onProbe(roundTripMs),
      onChange: (connection) => tell({ type: 'connection', connection }),
      onStuck,
      // What comes straight from the one other says nothing of the deployment.
      trafficFlows: room.free ? async () => !meeting().peerToPeer && (await traffic.flows()) : undefined,
      now,
    });
  }

  /** What is known of how good it is. */
  get state(): Line {
    return this.#line.line;
  }

  onXmpp(sign: XmppSign): void {
    this.#connection.onXmpp(sign);
  }

  /** The page says that its sound and picture got stuck (told by deployments with rtcstats alone). */
  onMediaFailure(): void {
    this.#line.onMediaFailure();
  }

  /** Looks at once whether the deployment is still reached. */
  look(): void {
    this.#connection.look();
  }

  stop(): void {
    this.#connection.stop();
    this.#line.stop();
  }
}
