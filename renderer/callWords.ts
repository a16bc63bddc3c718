/** How a call is put into words, in the status bar and in the compact bar. */
import type { CallState } from '../shared/callState';
import { text } from './i18n/text';

/** Who else is there. */
export function othersText(others: readonly { displayName: string }[]): string {
  const [first, second] = others;
  if (first === undefined) return text('call.status.alone');
  if (second !== undefined) return text('call.status.with-many', { count: others.length });
  const name = first.displayName === '' ? text('call.status.unnamed') : first.displayName;
  return text('call.status.with-one', { name });
}

/**
 * Who of the others speaks, or spoke last; `undefined` when nobody does. The page names one until another speaks, also when
 * that one is muted.
 */
export function speakerText({ others, meeting }: CallState & { phase: 'joined' }): string | undefined {
  const speaker = others.find(({ id, muted }) => id === meeting.dominantSpeaker && muted !== true);
  if (speaker === undefined) return undefined;
  const name = speaker.displayName === '' ? text('call.status.unnamed') : speaker.displayName;
  return text('call.status.speaking', { name });
}

/** Whether the page is in its room, as far as there is one. */
export const connected = (call: CallState | undefined) =>
  call?.phase !== 'joined' || (call.connection.state === 'up' && call.meeting.waiting === undefined);

export function statusText(call: CallState | undefined): string {
  if (call !== undefined && 'meeting' in call && call.meeting.waiting !== undefined) {
    return text(`call.waiting.${call.meeting.waiting}`);
  }
  if (!connected(call)) return text('call.status.reconnecting');
  return text(
    call === undefined || call.phase === 'failed' ? 'call.status.idle' : `call.status.${call.phase}`,
  );
}
