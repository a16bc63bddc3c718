import type { CallState } from '../../shared/callState';
import type { ChangeResult } from '../../shared/ipc/snapshot';
import type { Media } from '../../shared/lobbyApi';
import type { MeetingControl } from '../../shared/meetingControl';
import { log } from '../log';

export interface HiddenMeetingParts {
  call: () => CallState;
  /** The kinds of calls whose page is to be out of sight: what the user chose last, for each. */
  kinds: () => readonly Media[];
  keep: (kinds: readonly Media[]) => Promise<ChangeResult>;
  control: (control: MeetingControl) => void;
  onChange: () => void;
}

/** A call without its page on screen: the page runs on unseen, and the toolbar's page lists the people instead. */
export class HiddenMeeting {
  readonly #parts: HiddenMeetingParts;
  /** A choice that could not be written: it is good for this run. */
  #unwritten: readonly Media[] | undefined;

  constructor(parts: HiddenMeetingParts) {
    this.#parts = parts;
  }

  /**
   * Whether the page is out of sight now. It is not while it waits for somebody to log in or to answer it, nor while
   * something stands open in it that the user has asked for: nobody else can show that.
   */
  get hidden(): boolean {
    const call = this.#parts.call();
    if (call.phase !== 'joined' && call.phase !== 'connecting') return false;
    const { waiting, chat, participantsPane } = call.meeting;
    return (
      waiting === undefined && !chat.open && !participantsPane && this.#kinds.includes(call.intent.media)
    );
  }

  async set(hidden: boolean): Promise<void> {
    const call = this.#parts.call();
    if (call.phase !== 'joined') return;
    const { media } = call.intent;
    if (hidden) {
      if (call.meeting.chat.open) this.#parts.control({ what: 'chat', on: false });
      if (call.meeting.participantsPane) this.#parts.control({ what: 'participants-pane', on: false });
    }
    const others = this.#kinds.filter((kind) => kind !== media);
    const kinds = hidden ? [...others, media] : others;
    const result = await this.#parts.keep(kinds);
    this.#unwritten = result.ok ? undefined : kinds;
    if (!result.ok) log.warn('meeting.choice-not-written', { reason: result.fault });
    this.#parts.onChange();
  }

  get #kinds(): readonly Media[] {
    return this.#unwritten ?? this.#parts.kinds();
  }
}
