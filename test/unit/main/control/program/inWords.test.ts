import { expect, it } from 'vitest';
import { inWords } from '../../../../../main/control/program/inWords';
import type { ControlState } from '../../../../../shared/control';

const joined: ControlState = {
  phase: 'joined',
  room: { name: 'brisk-otter', deployment: 'https://meet.example.com', free: true },
  microphone: 'on',
  people: 2,
  sharing: false,
  connection: 'up',
};

it.each<[ControlState, string]>([
  [{ phase: 'idle' }, 'ready'],
  [{ phase: 'failed', failure: 'kicked' }, 'failed: kicked'],
  [joined, 'in call brisk-otter, live, 2 people'],
  [{ ...joined, connection: 'lost' }, 'in call brisk-otter, live, 2 people, reconnecting'],
  [
    { ...joined, microphone: 'off', waiting: 'login' },
    'in call brisk-otter, muted, 2 people, waiting: login',
  ],
])('%o in words', (state, words) => {
  expect(inWords(state)).toBe(words);
});
