import type { CallView, CallViewEvents } from '../../../../main/call/callView';
import type { XmppSign } from '../../../../main/call/xmppTraffic';
import type { CallFailure } from '../../../../shared/failure';
import type { MediaReport } from '../../../../shared/lineQuality';
import { SCOPE } from '../../../../shared/jitsi/limits';

/** How long the page takes to open a device, in ms (recorded: 75 to 150). */
export const OPENING_MS = 100;

interface Posted {
  params: { type: 'event' | 'request'; id?: string; data: { name: string; data?: unknown[] } };
}

/** A meeting page behind a view, played by its messages alone: what it is told, and what it says, is text. */
export class PlayedPage implements CallView {
  /** The commands it was given, in order. */
  readonly commands: string[] = [];
  /** The same with their arguments. */
  readonly posted: [name: string, ...data: unknown[]][] = [];
  /** Answers to what is asked besides the devices, by name. */
  readonly answersTo: Record<string, unknown> = {};
  /** How often it was given the keyboard. */
  focused = 0;
  readonly #muted = { audio: true, video: true };
  #questions: string[] = [];
  #events: CallViewEvents | undefined;
  /** Whether it answers questions, as the real page does at once. */
  answers = true;
  /** Whether it follows `toggle-audio` and `toggle-video`. */
  follows = true;
  /** How long it takes to, in ms: longer than {@link OPENING_MS} where a headset wakes up or the system asks first. */
  opening = OPENING_MS;
  closed = false;
  /** What it measures of its sound and picture. */
  media: MediaReport | undefined;

  readonly open = (events: CallViewEvents): CallView => {
    this.#events = events;
    return this;
  };

  post(text: string): void {
    if (this.closed) throw new Error('A page that is gone was spoken to.');
    const { params } = JSON.parse(text) as Posted;
    const { name } = params.data;
    if (params.type === 'request') this.#onQuestion(name, params.id ?? '');
    else this.#onCommand(name, params.data.data ?? []);
  }
  place(): void {
    throw new Error('A call places nothing.');
  }
  readMedia(): Promise<MediaReport | undefined> {
    return this.answers ? Promise.resolve(this.media) : new Promise(() => undefined);
  }
  readReceived(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  focus(): void {
    this.focused += 1;
  }
  close(): void {
    if (this.closed) throw new Error('A page was closed twice.');
    this.closed = true;
  }

  /** Says one of its events. */
  say(name: string, fields: object = {}): void {
    this.hear(message({ type: 'event', data: { ...fields, name } }));
  }

  /** Says a text, as it stands. */
  hear(text: string): void {
    this.#events?.onMessage(text);
  }

  /** Its view cannot show it any more. */
  fail(failure: CallFailure): void {
    this.#events?.onFailure(failure);
  }

  /** Has loaded itself anew, or another page. */
  reload(path = '/brisk-otter'): void {
    this.#events?.onReloaded(`https://meet.example.com${path}`);
  }

  /** Is seen to speak XMPP. */
  speakXmpp(sign: XmppSign): void {
    this.#events?.onXmpp(sign);
  }

  /** Is loaded. */
  load(): void {
    this.hear(JSON.stringify({ postis: true, scope: SCOPE, method: '__ready__', params: '1.1' }));
  }

  /** Is loaded and enters the room. */
  join(): void {
    this.load();
    this.say('audio-mute-status-changed', { muted: false });
    this.say('audio-availability-changed', { available: true });
    this.say('video-mute-status-changed', { muted: true });
    this.say('video-conference-joined', { roomName: 'brisk-otter', id: 'me' });
  }

  /** Opens or closes a device without being told to. */
  change(device: 'audio' | 'video', muted: boolean): void {
    this.#muted[device] = muted;
  }

  /** Whether a device is open: heard or seen by the others. */
  isOpen(device: 'audio' | 'video'): boolean {
    return !this.#muted[device];
  }

  /** How often it was told something. */
  told(command: string): number {
    return this.commands.filter((name) => name === command).length;
  }

  /** How many questions it was asked since the last look. */
  takeQuestions(): string[] {
    const questions = this.#questions;
    this.#questions = [];
    return questions;
  }

  #onQuestion(name: string, id: string): void {
    this.#questions.push(name);
    if (!this.answers) return;
    const truths: Record<string, unknown> = {
      'is-audio-muted': this.#muted.audio,
      'is-video-muted': this.#muted.video,
    };
    const result = truths[name] ?? this.answersTo[name];
    if (result === undefined) return;
    queueMicrotask(() => this.hear(message({ type: 'response', id, result })));
  }

  #onCommand(name: string, data: unknown[]): void {
    this.commands.push(name);
    this.posted.push([name, ...data]);
    this.say(name, { data });
    if (name !== 'toggle-audio' && name !== 'toggle-video') return;
    if (!this.follows) return;
    const device = name === 'toggle-audio' ? 'audio' : 'video';
    setTimeout(() => {
      if (this.closed) return;
      this.#muted[device] = !this.#muted[device];
      this.say(`${device}-availability-changed`, { available: false });
      this.say(`${device}-availability-changed`, { available: true });
    }, this.opening);
  }
}

const message = (params: object) => JSON.stringify({ postis: true, scope: SCOPE, method: 'message', params });
