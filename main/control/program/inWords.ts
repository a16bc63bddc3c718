import type { ControlState } from '../../../shared/control';

/** The state in one line, for people and simple scripts; in English, whatever the app speaks. */
export function inWords(state: ControlState): string {
  const { phase, room, microphone, people, sharing, waiting, failure, connection } = state;
  switch (phase) {
    case 'idle':
      return 'ready';
    case 'failed':
      return `failed: ${failure ?? 'unknown'}`;
    case 'requesting':
    case 'checking':
      return 'requesting room';
    case 'connecting':
      return waiting === undefined ? `connecting to ${room?.name ?? ''}` : `waiting: ${waiting}`;
    case 'leaving':
      return 'leaving';
    case 'joined':
      return [
        `in call ${room?.name ?? ''}`,
        { on: 'live', off: 'muted', unknown: 'microphone unknown' }[microphone ?? 'unknown'],
        people === 1 ? 'alone' : `${String(people)} people`,
        ...(sharing === true ? ['sharing'] : []),
        ...(connection === 'up' ? [] : ['reconnecting']),
        ...(waiting === undefined ? [] : [`waiting: ${waiting}`]),
      ].join(', ');
  }
}
