/** The others in the room, as the page tells of them. */
import type { JitsiEvent } from './jitsi/events';

export interface Participant {
  id: string;
  displayName: string;
  /**
   * Whether their microphone is muted; `undefined` until something has been said of it. The page does not tell when
   * somebody opens the microphone for the first time (recorded).
   */
  muted: boolean | undefined;
  handRaised: boolean;
  moderator: boolean;
}

/** Most others that are kept: a page that invents participants must not make the process grow. */
export const OTHERS_MAX = 500;

/** The others after an event; the same array when it was not about them. */
export function othersAfter(others: readonly Participant[], event: JitsiEvent): readonly Participant[] {
  switch (event.name) {
    case 'participant-joined':
      return joined(others, event.id, event.displayName ?? '');
    case 'participant-left':
      return others.some(({ id }) => id === event.id) ? others.filter(({ id }) => id !== event.id) : others;
    case 'display-name-change':
      return changed(others, event.id, { displayName: event.displayname ?? '' });
    case 'participant-muted':
      return event.mediaType === 'audio' ? changed(others, event.id, { muted: event.isMuted }) : others;
    case 'dominant-speaker-changed':
      return heard(others, event.id);
    case 'raise-hand-updated':
      return changed(others, event.id, { handRaised: isRaised(event.handRaised) });
    case 'participant-role-changed':
      return changed(others, event.id, { moderator: isModerator(event.role) });
    default:
      return others;
  }
}

/** The others after an answer to "who is here": roles of those who were there before us are told by nothing else. */
export function othersWithRoles(
  others: readonly Participant[],
  moderators: readonly string[],
): readonly Participant[] {
  const fits = others.every(({ id, moderator }) => moderator === moderators.includes(id));
  return fits ? others : others.map((other) => ({ ...other, moderator: moderators.includes(other.id) }));
}

/** When the hand was raised, or 0; older clients say true or false. */
export const isRaised = (handRaised: number | boolean): boolean => handRaised !== false && handRaised !== 0;

export const isModerator = (role: string): boolean => role === 'moderator';

function joined(others: readonly Participant[], id: string, displayName: string): readonly Participant[] {
  if (others.some((other) => other.id === id)) return changed(others, id, { displayName });
  if (others.length >= OTHERS_MAX) return others;
  return [...others, { id, displayName, muted: undefined, handRaised: false, moderator: false }];
}

/** Whoever is heard has opened the microphone; that it was muted since is told later, and by an event of its own. */
function heard(others: readonly Participant[], id: string): readonly Participant[] {
  const unsaid = others.some((other) => other.id === id && other.muted === undefined);
  return unsaid ? changed(others, id, { muted: false }) : others;
}

function changed(
  others: readonly Participant[],
  id: string,
  changes: Partial<Omit<Participant, 'id'>>,
): readonly Participant[] {
  const before = others.find((other) => other.id === id);
  if (before === undefined) return others;
  const after = { ...before, ...changes };
  const same = (Object.keys(changes) as (keyof typeof changes)[]).every((key) => before[key] === after[key]);
  return same ? others : others.map((other) => (other === before ? after : other));
}
