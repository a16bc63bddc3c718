/** One call in one view: the page's messages in, commands out, until it ends one way or another. */
import type { CallFailure } from '../../shared/failure';
import { decodePageMessage, encodeCommand } from '../../shared/jitsi/codec';
import type { JitsiEvent } from '../../shared/jitsi/events';
import type { Line } from '../../shared/lineQuality';
import type { MeetingControl } from '../../shared/meetingControl';
import { AnswerWatch } from './answerWatch';
import { CallLine } from './callLine';
import { type CallSessionParts, GONE_TIMEOUT_MS, HANGUP_TIMEOUT_MS } from './callSessionParts';
import type { CallView } from './callView';
import { DeviceSwitches } from './deviceSwitches';
import type { Device } from './deviceTruth';
import { Door, isFarewell, JOIN_TIMEOUT_MS } from './door';
import { MeetingControls } from './meetingControls';
import { judgePageError, type PageError } from './pageErrors';
import { PageQuestions } from './pageQuestions';

export class CallSession {
  readonly #parts: CallSessionParts;
  readonly #view: CallView;
  readonly #door: Door;
  readonly #devices: DeviceSwitches;
  readonly #questions: PageQuestions;
  readonly #controls: MeetingControls;
  readonly #answers: AnswerWatch;
  #timer: NodeJS.Timeout | undefined;
  #line: CallLine | undefined;
  #joined = false;
  #leaving = false;
  #over = false;

  constructor(parts: CallSessionParts) {
    this.#parts = parts;
    const post = (text: string) => this.#view.post(text);
    this.#questions = new PageQuestions(post);
    const { meeting, unseen, tell, now } = parts;
    this.#controls = new MeetingControls({ post, questions: this.#questions, meeting, unseen, tell, now });
    const onState: CallSessionParts['onDevice'] = (device, state) => {
      parts.onDevice(device, state);
      if (device === 'camera' && this.#isOn()) this.#controls.video.onCamera(state);
    };
    this.#devices = new DeviceSwitches({ post, onState, now });
    this.#answers = new AnswerWatch({
      // Whatever the page measures: one that hangs runs nothing.
      ask: () => this.#view.readMedia(),
      onChange: (hung) => tell({ type: 'hung', hung }),
    });
    this.#view = parts.openView({
      onMessage: (text) => this.#onMessage(text),
      onFailure: (failure) => this.#lose(failure),
      onReloaded: (url) => this.#onReloaded(url),
      onXmpp: (sign) => this.#line?.onXmpp(sign),
      // Not while it wants a login in mid-call.
      isInside: () => this.#line !== undefined,
    });
    this.#door = new Door({
      post,
      password: parts.password,
      onWaiting: (waiting) => tell({ type: 'waiting', waiting }),
      onAsked: () => this.#view.focus(),
      onTimeout: () => this.#onJoinTimeout(),
    });
  }

  get view(): CallView {
    return this.#view;
  }

  /** Questions to the page, for those who need answers from it. */
  get questions(): PageQuestions {
    return this.#questions;
  }

  /** Whether the room was entered by this page. */
  get joined(): boolean {
    return this.#joined;
  }

  /** What is known of the line, once the room is entered. */
  get line(): Line | undefined {
    return this.#line?.state;
  }

  /** Looks at once whether the deployment is still reached: the machine has woken up, or its network has changed. */
  lookAtConnection(): void {
    this.#line?.look();
  }

  /** Gives the page up: the user has had enough of waiting for it. The room may be entered by another. */
  giveUp(): void {
    if (this.#over || this.#leaving) return;
    this.#end();
    this.#parts.onLost({ code: 'page-hung' });
  }

  /** Opens or closes a device. */
  setDevice(device: Device, on: boolean): void {
    if (!this.#isOn()) return;
    if (device === 'camera') this.#controls.video.wantCamera(on);
    this.#devices.set(device, on);
  }

  /** The page may have come into sight or gone out of it. */
  lookAtPlace(): void {
    if (this.#isOn()) this.#controls.video.look();
  }

  /** Has the page do something else that the user wants; what came of it, the page says. */
  control(control: MeetingControl): void {
    if (control.what === 'enter-password') {
      if (!this.#leaving && !this.#over) this.#door.enter(control.text);
    } else if (this.#isOn()) {
      this.#controls.carryOut(control);
      // Who opens the chat wants to write.
      if (control.what === 'chat' && control.on) this.#view.focus();
    }
  }

  /** Hangs up and waits a moment for the page to tell the others; then it is closed in any case. */
  leave(): void {
    if (this.#over || this.#leaving) return;
    if (!this.#joined) {
      this.#close();
      return;
    }
    this.#leaving = true;
    this.#devices.stop();
    this.#questions.stop();
    this.#line?.stop();
    this.#answers.stop();
    this.#view.post(encodeCommand('video-hangup'));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#close(), HANGUP_TIMEOUT_MS);
  }

  /** Ends it now, without a word to the page: the app quits. */
  abandon(): void {
    this.#end();
  }

  get #host(): string {
    return new URL(this.#parts.room.deployment).host;
  }

  #isOn(): boolean {
    return this.#joined && !this.#leaving && !this.#over;
  }

  #onMessage(text: string): void {
    if (this.#over) return;
    const message = decodePageMessage(text);
    if (message?.kind === 'ready' && !this.#joined) {
      this.#answers.begin();
      // A free deployment may ask the host to log in, on its own page and in the host's own time.
      if (this.#parts.room.free) this.#door.stop();
    }
    if (message?.kind === 'answer') this.#onAnswer(message.id, message.result);
    if (message?.kind === 'event') this.#onEvent(message.event);
  }

  #onAnswer(id: string, result: unknown): void {
    const isOurs = this.#devices.answer(id, result) || this.#questions.answer(id, result);
    if (isOurs && !this.#leaving) this.#answers.lives();
  }

  #onEvent(event: JitsiEvent): void {
    this.#parts.onEvent(event);
    switch (event.name) {
      case 'video-conference-joined':
        this.#onJoined();
        break;
      case 'audio-mute-status-changed':
      case 'audio-availability-changed':
      case 'video-mute-status-changed':
      case 'video-availability-changed':
        if (this.#isOn()) this.#devices.ask();
        break;
      case 'mic-error':
        this.#onDeviceError('microphone');
        break;
      case 'camera-error':
        this.#onDeviceError('camera');
        break;
      case 'password-required':
        if (!this.#joined) this.#door.passwordRequired();
        break;
      case 'video-conference-left':
        this.#onLeft();
        break;
      case 'participant-kicked-out':
        if (event.kicked.local === true) this.#fail({ code: 'kicked', by: event.kicker?.name });
        break;
      case 'error-occurred':
        this.#onError(event.error);
        break;
      case 'peer-connection-failure':
        this.#line?.onMediaFailure();
        break;
      case 'suspend-detected':
        // The page has left the room and offers to join again, by a button of its own.
        this.#lose({ code: 'suspended' });
        break;
      case 'video-ready-to-close':
        // About 0.5 s later the page would navigate away (measured).
        this.#close();
        break;
      default:
        break;
    }
    if (this.#isOn()) this.#controls.onEvent(event);
  }

  #onDeviceError(device: Device): void {
    this.#devices.failed(device);
    if (this.#isOn()) this.#devices.ask();
  }

  #onLeft(): void {
    if (!this.#joined || this.#leaving) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail({ code: 'ended-by-page', host: this.#host }), GONE_TIMEOUT_MS);
  }

  #onJoined(): void {
    clearTimeout(this.#timer);
    this.#door.stop();
    if (!this.#joined) {
      this.#joined = true;
      // Encryption before there is anything to encrypt.
      for (const control of this.#parts.chosen()) this.#controls.carryOut(control);
      const devices = this.#parts.open();
      this.#controls.video.wantCamera(devices.includes('camera'));
      this.#devices.open(devices);
      this.#answers.entered();
    } else if (this.#line === undefined) {
      // Entered again by the same page, after a login.
      this.#devices.ask();
    }
    const { room, network, tell, now, meeting } = this.#parts;
    const onStuck = () => this.#lose({ code: 'connection-lost', host: this.#host });
    this.#line ??= new CallLine({ room, network, view: this.#view, meeting, tell, onStuck, now });
  }

  #onError(error: PageError): void {
    const { free } = this.#parts.room;
    const verdict = judgePageError(error, { joined: this.#joined, free, host: this.#host });
    if (verdict.kind === 'failed') {
      if (verdict.failure.code === 'room-ended' && this.#controls.endAsked) this.#close();
      else this.#fail(verdict.failure);
    }
    if (verdict.kind === 'lost') this.#lose(verdict.failure);
    if (verdict.kind === 'waiting') {
      this.#outsideAgain();
      this.#door.waitFor(verdict.waiting);
    }
  }

  /** In mid-call: the page has been answered, so it reaches its deployment, and is in nobody's room until a person acts. */
  #outsideAgain(): void {
    if (!this.#joined) return;
    this.#line?.stop();
    this.#line = undefined;
    this.#parts.tell({ type: 'connection', connection: 'up' });
  }

  /** Before the room is entered a deployment may lead through pages of its own, such as a login. */
  #onReloaded(url: string): void {
    if (this.#door.waiting !== undefined && isFarewell(url)) this.#close();
    else if (this.#joined) this.#lose({ code: 'connection-lost', host: this.#host });
    else this.#answers.begin();
  }

  #onJoinTimeout(): void {
    this.#fail({ code: 'deployment-timeout', host: this.#host, seconds: JOIN_TIMEOUT_MS / 1000 });
  }

  #fail(failure: CallFailure): void {
    if (this.#over) return;
    if (this.#leaving) {
      this.#close();
      return;
    }
    this.#end();
    this.#parts.onFailure(failure);
  }

  #lose(failure: CallFailure): void {
    if (this.#over || this.#leaving || !this.#joined) {
      this.#fail(failure);
      return;
    }
    this.#end();
    this.#parts.onLost(failure);
  }

  #close(): void {
    if (this.#over) return;
    this.#end();
    this.#parts.onClosed();
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#answers.stop();
    this.#door.stop();
    this.#devices.stop();
    this.#questions.stop();
    this.#controls.stop();
    this.#line?.stop();
    this.#view.close();
  }
}
