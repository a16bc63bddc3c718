import { CallSession } from '../../../../main/call/callSession';
import { IDLE, next, type CallEvent, type CallState, type Room } from '../../../../shared/callState';
import type { CallFailure } from '../../../../shared/failure';
import type { Media } from '../../../../shared/lobbyApi';
import { NEW_MEETING } from '../../../../shared/meeting';
import { RoomName } from '../../../../shared/roomName';
import { PlayedPage } from './playedPage';

export const HOST = 'meet.example.com';

export const newRoom = (free: boolean): Room => ({
  name: RoomName.parse('brisk-otter'),
  deployment: `https://${HOST}`,
  free,
  invitable: true,
});

/** A session over a played page, and the state of the call that the toolbar would show. */
export class RunningSession {
  readonly page = new PlayedPage();
  readonly session: CallSession;
  readonly failures: CallFailure[] = [];
  readonly losses: CallFailure[] = [];
  /** Whether the deployment answers probes. */
  reachable = true;
  closed = 0;
  /** Whether the page is out of sight. */
  unseen = false;
  state: CallState;
  /** Every state the microphone was shown in since the call was joined, without repetitions. */
  readonly microphone: string[] = [];

  constructor({
    media = 'audio',
    free = false,
    password,
  }: { media?: Media; free?: boolean; password?: string } = {}) {
    const room = newRoom(free);
    const intent = { target: { kind: 'new' as const }, media, free };
    this.state = next(next(IDLE, { type: 'requested', intent }), { type: 'opened', room });
    this.session = new CallSession({
      room,
      chosen: () => [],
      open: () => (media === 'video' ? ['microphone', 'camera'] : ['microphone']),
      openView: this.page.open,
      network: { probe: () => Promise.resolve(this.reachable), isOnline: () => true },
      unseen: () => this.unseen,
      onEvent: (event) => this.#apply({ type: 'page', event, at: Date.now() }),
      onDevice: (device, state) => this.#apply({ type: 'device', device, state }),
      password,
      meeting: () => ('meeting' in this.state ? this.state.meeting : NEW_MEETING),
      tell: (event) => this.#apply(event),
      onLost: (failure) => {
        this.losses.push(failure);
        this.#apply({ type: 'rejoining', because: failure });
      },
      onFailure: (failure) => {
        this.failures.push(failure);
        this.#apply({ type: 'failed', failure });
      },
      onClosed: () => {
        this.closed += 1;
        this.#apply({ type: 'closed' });
      },
      now: () => Date.now(),
    });
  }

  /** What the toolbar shows of a device. */
  shown(device: 'microphone' | 'camera'): string {
    return this.state.phase === 'joined' ? this.state[device] : this.state.phase;
  }

  /** The user hangs up. */
  leave(): void {
    this.#apply({ type: 'leaveRequested' });
    this.session.leave();
  }

  #apply(event: CallEvent): void {
    this.state = next(this.state, event);
    if (this.state.phase !== 'joined') return;
    const { microphone } = this.state;
    if (this.microphone.at(-1) !== microphone) this.microphone.push(microphone);
  }
}
