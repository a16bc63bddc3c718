/**
 * Carries out what the user does in a meeting. The page only knows "toggle" for much of it, so a command is sent when the
 * page says that things are otherwise than wished, and not twice while it may still follow the first.
 */
import type { CallEvent } from '../../shared/callState';
import { encodeCommand } from '../../shared/jitsi/codec';
import type { JitsiCommand, JitsiCommands, RecordingRequest } from '../../shared/jitsi/commands';
import type { JitsiEvent } from '../../shared/jitsi/events';
import { RoomsInfo } from '../../shared/jitsi/requests';
import type { Meeting, RecordingMode } from '../../shared/meeting';
import { isForModerators, type MeetingControl } from '../../shared/meetingControl';
import type { PageQuestions } from './pageQuestions';
import { UnseenVideo } from './unseenVideo';

/** How long the page may take to follow a toggle before it is sent again, in ms. */
const FOLLOW_MS = 2_000;
/** How long a recorder may take to say anything, in ms. Jibri starts a browser of its own, in 10 to 20 s. */
export const RECORDER_PATIENCE_MS = 45_000;

/** A page that knows no way to turn something on, or off. */
type Toggle = 'toggle-share-screen' | 'toggle-raise-hand' | 'toggle-tile-view' | 'toggle-chat';

export interface MeetingControlsParts {
  post: (text: string) => void;
  questions: PageQuestions;
  /** What the page has said of the meeting so far. */
  meeting: () => Meeting;
  /** Whether the page is out of sight now. */
  unseen: () => boolean;
  /** What is known of the meeting by other ways than the page's events. */
  tell: (event: CallEvent) => void;
  /** Monotonic, ms. */
  now: () => number;
}

export class MeetingControls {
  readonly #parts: MeetingControlsParts;
  readonly #pending = new Map<Toggle, { on: boolean; until: number }>();
  #endAsked = false;
  readonly #recorders = new Map<RecordingMode, NodeJS.Timeout>();
  /** The others' pictures, which a page out of sight is spared. */
  readonly video: UnseenVideo;

  constructor(parts: MeetingControlsParts) {
    this.#parts = parts;
    this.video = new UnseenVideo({
      unseen: parts.unseen,
      audioOnly: () => parts.meeting().audioOnly,
      setAudioOnly: (on) => this.#tell('set-audio-only', on),
    });
  }

  /** Whether the user has asked to end the call for all: that it ends is then no failure. */
  get endAsked(): boolean {
    return this.#endAsked;
  }

  /** Does it, if the user may. */
  carryOut(control: MeetingControl): void {
    const meeting = this.#parts.meeting();
    if (isForModerators(control) && !meeting.moderator) return;
    this.video.onControl(control);
    switch (control.what) {
      case 'share':
        this.#toggle('toggle-share-screen', meeting.sharing, control.on);
        break;
      case 'share-dropped':
        this.#pending.delete('toggle-share-screen');
        break;
      case 'hand':
        this.#toggle('toggle-raise-hand', meeting.handRaised, control.on);
        break;
      case 'chat':
        this.#toggle('toggle-chat', meeting.chat.open, control.on);
        break;
      case 'tile-view':
        this.#toggle('toggle-tile-view', meeting.tileView, control.on);
        break;
      case 'participants-pane':
        this.#tell('toggle-participants-pane', control.on);
        break;
      case 'audio-only':
        this.#tell('set-audio-only', control.on);
        break;
      case 'noise-suppression':
        this.#tell('set-noise-suppression-enabled', { enabled: control.on });
        break;
      case 'encryption':
        this.#tell('toggle-e2ee', control.on);
        break;
      case 'subtitles':
        this.#tell('toggle-subtitles');
        break;
      case 'record':
        if (control.on) this.#record({ mode: 'file' });
        else this.#tell('stop-recording', 'file');
        break;
      case 'stream':
        this.#record(streamOf(control.key));
        break;
      case 'stop-stream':
        this.#tell('stop-recording', 'stream');
        break;
      case 'set-password':
      case 'enter-password':
        this.#tell('password', control.text);
        break;
      case 'waiting-room':
        this.#tell('toggle-lobby', control.on);
        break;
      case 'admit':
      case 'refuse':
        this.#tell('answer-knocking-participant', control.id, control.what === 'admit');
        this.#parts.tell({ type: 'answeredKnocking', id: control.id });
        break;
      case 'subject':
        this.#tell('subject', control.text);
        break;
      case 'mute-everyone':
        this.#tell('mute-everyone', 'audio');
        break;
      case 'end-for-all':
        this.#endAsked = true;
        this.#tell('end-conference');
        break;
      case 'mute':
        this.#tell('mute-remote-participant', control.id, 'audio');
        break;
      case 'make-moderator':
        this.#tell('grant-moderator', control.id);
        break;
      case 'remove':
        this.#tell('kick-participant', control.id);
        break;
    }
  }

  /** Takes what the page says: some of it leads to a question. */
  onEvent(event: JitsiEvent): void {
    this.video.onEvent(event);
    switch (event.name) {
      case 'video-conference-joined':
      case 'participant-joined':
      case 'participant-role-changed':
        void this.#askRoles();
        break;
      case 'recording-status-changed':
        if (event.mode === 'file' || event.mode === 'stream') this.#stopWaiting(event.mode);
        break;
      case 'screen-sharing-status-changed':
        this.#pending.delete('toggle-share-screen');
        break;
      case 'raise-hand-updated':
        this.#pending.delete('toggle-raise-hand');
        break;
      case 'tile-view-changed':
        this.#pending.delete('toggle-tile-view');
        break;
      case 'chat-updated':
        this.#pending.delete('toggle-chat');
        break;
      default:
        break;
    }
  }

  stop(): void {
    for (const mode of [...this.#recorders.keys()]) this.#stopWaiting(mode);
  }

  /** Who moderated before the user came is told by no event (recorded). */
  async #askRoles(): Promise<void> {
    const info = await this.#parts.questions.ask({ name: 'rooms-info' }, RoomsInfo);
    if (info === undefined) return;
    const everyone = info.rooms.flatMap(({ participants }) => participants);
    const moderators = everyone.filter(({ role }) => role === 'moderator').map(({ id }) => id);
    this.#parts.tell({ type: 'roles', moderators });
  }

  #toggle(command: Toggle, isOn: boolean, on: boolean): void {
    const pending = this.#pending.get(command);
    const follows = pending !== undefined && this.#parts.now() < pending.until;
    if (follows ? pending.on === on : isOn === on) return;
    this.#pending.set(command, { on, until: this.#parts.now() + FOLLOW_MS });
    this.#tell(command);
  }

  #record(request: RecordingRequest): void {
    const { mode } = request;
    this.#stopWaiting(mode);
    this.#parts.tell({ type: 'recording', mode, step: 'asked' });
    this.#recorders.set(
      mode,
      setTimeout(() => {
        this.#parts.tell({ type: 'recording', mode, step: 'unanswered' });
      }, RECORDER_PATIENCE_MS),
    );
    this.#tell('start-recording', request);
  }

  #stopWaiting(mode: RecordingMode): void {
    clearTimeout(this.#recorders.get(mode));
    this.#recorders.delete(mode);
  }

  #tell<Name extends JitsiCommand>(command: Name, ...data: JitsiCommands[Name]): void {
    this.#parts.post(encodeCommand(command, ...data));
  }
}

/** Jibri takes a whole address, and any other key for one of YouTube's. */
function streamOf(key: string): RecordingRequest {
  return /^rtmps?:\/\//i.test(key)
    ? { mode: 'stream', rtmpStreamKey: key }
    : { mode: 'stream', youtubeStreamKey: key };
}
