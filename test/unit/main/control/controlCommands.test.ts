import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CONFIRM_MS, ControlCommands, JOIN_MS } from '../../../../main/control/controlCommands';
import { type CallIntent, type CallState, IDLE } from '../../../../shared/callState';
import { CONTROL_VERSION as version, ControlReply } from '../../../../shared/control';
import { joinedCall } from '../../../support/joinedCall';

let state: CallState;
let started: CallIntent[];
let wanted: boolean[];
let control: ControlCommands;

beforeEach(() => {
  vi.useFakeTimers();
  [state, started, wanted] = [IDLE, [], []];
  const calls = {
    get state() {
      return state;
    },
    start: (intent: CallIntent) => {
      started.push(intent);
      become({ phase: 'requesting', intent });
      return Promise.resolve();
    },
    leave: () => become(IDLE),
    setDevice: (_device: 'microphone', on: boolean) => void wanted.push(on),
  };
  control = new ControlCommands({
    calls,
    settings: () => ({ lobbies: ['https://lobby.example'], freeMode: true }),
  });
});
afterEach(() => vi.useRealTimers());

function become(next: CallState): void {
  state = next;
  control.callChanged();
}

it('answers a call when it is joined', async () => {
  const reply = control.carryOut({ version, command: 'call', video: true });
  expect(started).toEqual([{ target: { kind: 'new' }, media: 'video', free: true }]);
  become(joinedCall());
  expect(await reply).toMatchObject({ ok: true, state: { phase: 'joined', people: 1 } });
});

it('answers a call that failed with why', async () => {
  const reply = control.carryOut({ version, command: 'call', video: false });
  const intent: CallIntent = { target: { kind: 'new' }, media: 'audio', free: true };
  expect(started).toEqual([intent]);
  become({ phase: 'failed', intent, failure: { code: 'no-lobby' } });
  expect(await reply).toMatchObject({ ok: false, fault: 'failed', state: { failure: 'no-lobby' } });
});

it('does not wait for ever', async () => {
  const call = control.carryOut({ version, command: 'call', video: false });
  await vi.advanceTimersByTimeAsync(JOIN_MS);
  expect(await call).toMatchObject({ ok: false, fault: 'unconfirmed' });
  become(joinedCall());
  const mute = control.carryOut({ version, command: 'unmute' });
  await vi.advanceTimersByTimeAsync(CONFIRM_MS);
  expect(await mute).toMatchObject({ ok: false, fault: 'unconfirmed' });
  expect(wanted).toEqual([true]);
});

it.each(['mute', 'toggle-mute'] as const)(
  '%s counts at once while nobody knows what is heard',
  async (command) => {
    become({ ...joinedCall(), microphone: 'unknown', microphoneWanted: true });
    const reply = control.carryOut({ version, command });
    await vi.advanceTimersByTimeAsync(0);
    expect(wanted).toEqual([false]);
    become({ ...joinedCall(), microphone: 'off' });
    expect(await reply).toMatchObject({ ok: true, state: { microphone: 'off' } });
  },
);

it('answers a mute with what the page has said, not with what was asked', async () => {
  become({ ...joinedCall(), microphone: 'on' });
  const reply = control.carryOut({ version, command: 'toggle-mute' });
  await vi.advanceTimersByTimeAsync(0);
  expect(wanted).toEqual([false]);
  become({ ...joinedCall(), microphone: 'off' });
  expect(await reply).toMatchObject({ ok: true, state: { microphone: 'off' } });
});

it.each([
  ['quiet-otter', { kind: 'room', room: 'quiet-otter' }, true],
  [
    'https://lobby.example/join/a.b.c',
    { kind: 'invite', lobby: 'https://lobby.example', invite: 'a.b.c' },
    false,
  ],
  [
    'parley://join?lobby=https%3A%2F%2Flobby.example&room=quiet-otter',
    { kind: 'lobby-room', lobby: 'https://lobby.example', room: 'quiet-otter' },
    false,
  ],
])('joins by %s', (text, target, free) => {
  void control.carryOut({ version, command: 'join', text });
  expect(started).toMatchObject([{ target, free }]);
});

it.each(['', 'parley://call', 'parley://join?lobby=x', 'https://meet.example/'])(
  'joins nothing by %j',
  async (text) => {
    expect(await control.carryOut({ version, command: 'join', text })).toMatchObject({ fault: 'bad-link' });
    expect(started).toEqual([]);
  },
);

it('joins no room at a lobby that is not the user’s', async () => {
  const text = 'parley://join?lobby=https%3A%2F%2Fevil.example&room=quiet-otter';
  expect(await control.carryOut({ version, command: 'join', text })).toMatchObject({
    fault: 'foreign-lobby',
  });
  expect(started).toEqual([]);
});

it('says nothing but what its schema has', async () => {
  become(joinedCall({ waiting: 'login' }));
  const reply = await control.carryOut({ version, command: 'status' });
  expect(ControlReply.parse(JSON.parse(JSON.stringify(reply)))).toEqual(JSON.parse(JSON.stringify(reply)));
});
