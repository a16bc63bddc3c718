/** What "Copy diagnostics" copies: what a report needs, and nothing that is somebody's own. */
import { expect, it } from 'vitest';
import { diagnosticsText } from '../../../../main/diagnostics/diagnostics';
import { LastCall } from '../../../../main/diagnostics/lastCall';
import { shownSettings } from '../../../../main/diagnostics/shownSettings';
import { DEFAULTS, VALUE_NAMES, type Values } from '../../../../main/settings/settingsTable';
import { type CallEvent, type CallState, IDLE, next } from '../../../../shared/callState';
import type { CallFailure } from '../../../../shared/failure';
import type { RoomName } from '../../../../shared/roomName';

const source = () => 'user' as const;
const shown = (values: Partial<Values>) => shownSettings({ values: { ...DEFAULTS, ...values }, source });

it('of a setting stands what it is and where it is from; of an address its origin, of a name that it is set', () => {
  const lines = shown({
    lobbyUrl: 'https://lobby.acme.example',
    lobbies: ['https://lobby.acme.example', 'https://other.example:8443'],
    freeUrl: 'https://meet.acme.example/team/private?x=1',
    displayName: 'Ana Maria',
    theme: 'dark',
    startMuted: true,
  });
  expect(lines).toEqual(
    expect.arrayContaining([
      'lobbyUrl: https://lobby.acme.example (user)',
      'lobbies: https://lobby.acme.example, https://other.example:8443 (user)',
      'freeUrl: https://meet.acme.example (user)',
      'displayName: set (user)',
      'theme: dark (user)',
      'startMuted: on (user)',
      'hiddenMeetings: 0 (user)',
      'firstRun: not set (user)',
      'config: 0 (user)',
      'updates: on (user)',
    ]),
  );
  expect(lines).toHaveLength(VALUE_NAMES.length);
  expect(shown({})).toContain('displayName: not set (user)');
});

it('no setting, of whatever kind, shows a text of its user, those to come neither', () => {
  const private_ = 'Ana’s own';
  for (const name of VALUE_NAMES.filter((each) => !['theme', 'language', 'updates'].includes(each))) {
    for (const value of [
      private_,
      `https://ana:${private_}@x.example/${private_}?${private_}#${private_}`,
      [private_],
      [`https://x.example/${private_}`],
      [{ name: private_ }],
      { [private_]: private_ },
    ]) {
      const lines = shown({ [name]: value }).join('\n');
      expect([name, lines.includes(private_)]).toEqual([name, false]);
      expect([name, lines.includes(encodeURIComponent(private_))]).toEqual([name, false]);
    }
  }
});

const room = 'payroll-talk' as RoomName;
const start: CallEvent = {
  type: 'requested',
  intent: { target: { kind: 'room', room }, media: 'audio', free: false },
};
const opened: CallEvent = {
  type: 'opened',
  room: { name: room, deployment: 'https://meet.acme.example/team', free: false, invitable: true },
};
const joined: CallEvent = {
  type: 'page',
  event: { name: 'video-conference-joined', roomName: room, id: 'a', displayName: 'Ana' },
  at: 0,
};

/** What is kept of a call to which these things happened, a second after each other. */
function record(...events: CallEvent[]): readonly string[] {
  let now = Date.parse('2026-11-21T13:00:00Z');
  const last = new LastCall(() => now);
  let state: CallState = IDLE;
  for (const event of events) {
    state = next(state, event);
    last.follow(state);
    now += 1000;
  }
  return last.lines;
}

it('of the last call stand its steps, when they were, and why it ended', () => {
  const because: CallFailure = { code: 'connection-lost', host: 'meet.acme.example' };
  expect(
    record(
      start,
      opened,
      joined,
      { type: 'connection', connection: 'lost' },
      { type: 'rejoining', because },
      { type: 'failed', failure: because },
    ),
  ).toEqual([
    'started: 2026-11-21T13:00:00.000Z, audio, by a lobby, target: room',
    'deployment: meet.acme.example',
    'steps: 0.0 s requesting, 1.0 s connecting, 2.0 s joined, 3.0 s joined, line lost, ' +
      '4.0 s joined, rejoining because of connection-lost, 5.0 s failed',
    'failure: {"code":"connection-lost","host":"meet.acme.example"}',
  ]);
});

it('neither the room nor who removed the user is among them, and one call’s failure is not the next one’s', () => {
  const wrongRoom: CallFailure = {
    code: 'room-link-refused',
    host: 'lobby.acme.example',
    fault: 'room',
    detail: `${room}-2`,
  };
  expect(record(start, { type: 'failed', failure: wrongRoom }).join('\n')).not.toContain(room);
  const kicked = record(start, opened, joined, { type: 'failed', failure: { code: 'kicked', by: 'Eve' } });
  expect(kicked.at(-1)).toBe('failure: {"code":"kicked"}');
  const after = record(start, { type: 'failed', failure: wrongRoom }, start, opened, joined, {
    type: 'leaveRequested',
  });
  expect(after.join('\n')).not.toContain('failure');
});

it('a call that never calms down does not fill the report', () => {
  const losses = Array.from({ length: 500 }, (_, index): CallEvent => ({
    type: 'connection',
    connection: index % 2 === 0 ? 'lost' : 'up',
  }));
  expect(record(start, opened, joined, ...losses).join('\n').length).toBeLessThan(2000);
});

it('all of it is one text, with what a line of an older log should not have had cut', () => {
  const text = diagnosticsText({
    at: new Date('2026-11-21T13:00:00Z'),
    versions: { parley: '0.1.0', electron: '45', chromium: '150', node: '24', system: 'Linux 6.1 x64' },
    surroundings: { desktop: 'GNOME', session: '' },
    settings: ['theme: dark (user)'],
    credential: { state: 'keychain-unavailable', fault: 'locked', heldUntilQuit: true },
    lastCall: ['none since Parley was started'],
    log: ['{"event":"app.started"}\n', '{"url":"https://meet.acme.example/x#jwt=eyJhbGciOiJSUzI1NiJ9"}\n'],
  });
  expect(text).toBe(`Parley diagnostics, 2026-11-21T13:00:00.000Z
  parley: 0.1.0
  electron: 45
  chromium: 150
  node: 24
  system: Linux 6.1 x64
  desktop: GNOME

Settings
  theme: dark (user)

Keychain
  unavailable (locked), held until quit

Last call
  none since Parley was started

Log, last 2 lines
  {"event":"app.started"}
  {"url":"https://meet.acme.example/…<token>"}
`);
});
