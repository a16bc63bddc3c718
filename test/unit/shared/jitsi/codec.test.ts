import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePageMessage, encodeCommand, encodeRequest } from '../../../../shared/jitsi/codec';
import type { JitsiRequest } from '../../../../shared/jitsi/requests';
import { MESSAGE_MAX, SCOPE } from '../../../../shared/jitsi/limits';
import { recorded } from './recordings';

const page = (params: unknown, changes: object = {}) =>
  JSON.stringify({ postis: true, scope: SCOPE, method: 'message', params, ...changes });
const event = (data: unknown, changes: object = {}) => page({ type: 'event', data }, changes);

/** How often the recordings hold each event that Parley knows. */
const KNOWN = {
  'audio-availability-changed': 18,
  'audio-mute-status-changed': 10,
  'audio-only-changed': 12,
  'chat-updated': 5,
  'device-list-changed': 10,
  'display-name-change': 2,
  'dominant-speaker-changed': 5,
  'error-occurred': 5,
  'non-participant-message-received': 2,
  'notification-triggered': 30,
  'p2p-status-changed': 7,
  'participant-joined': 4,
  'participant-kicked-out': 2,
  'participant-left': 3,
  'participant-muted': 5,
  'participant-role-changed': 10,
  'participants-pane-toggled': 2,
  'raise-hand-updated': 7,
  'recording-status-changed': 10,
  'screen-sharing-status-changed': 2,
  'subject-change': 8,
  'tile-view-changed': 12,
  'transcribing-status-changed': 10,
  'video-availability-changed': 30,
  'video-conference-joined': 6,
  'video-conference-left': 4,
  'video-mute-status-changed': 12,
  'video-ready-to-close': 1,
};

describe('the recordings of the real client', () => {
  const seen = recorded('seen');

  it('decode to the events we know, all of them, and to nothing else', () => {
    const counts: Record<string, number> = {};
    for (const msg of seen) {
      const decoded = decodePageMessage(JSON.stringify(msg));
      if (msg.method === '__ready__') {
        expect(decoded).toEqual({ kind: 'ready' });
      } else if (decoded !== undefined) {
        expect(decoded).toMatchObject({ kind: 'event', event: { name: msg.params.data?.name } });
        const name = msg.params.data?.name ?? '';
        counts[name] = (counts[name] ?? 0) + 1;
      }
    }
    expect(counts).toEqual(KNOWN);
  });

  it('hold what was sent once more, as an echo, which decodes to nothing', () => {
    const sent = recorded('sent');
    expect(sent.length).toBeGreaterThan(30);
    for (const msg of sent) expect(decodePageMessage(JSON.stringify(msg))).toBeUndefined();
  });

  it('hold answers to numbered questions, which are not ours', () => {
    const answers = seen.filter(({ params }) => params.type === 'response');
    expect(answers).toHaveLength(13);
    for (const msg of answers) {
      expect(decodePageMessage(JSON.stringify(msg))).toBeUndefined();
    }
    const truths = answers.filter(({ params }) => typeof params.result === 'boolean');
    expect(truths.length).toBeGreaterThan(3);
    for (const msg of truths) {
      const ours = { ...msg, params: { ...msg.params, id: 'ours' } };
      const { result } = msg.params;
      expect(decodePageMessage(JSON.stringify(ours))).toEqual({ kind: 'answer', id: 'ours', result });
    }
  });

  it('hold commands and questions in the very form that we send', () => {
    const sent = (name: string) => recorded('sent').find(({ params }) => params.data?.name === name);
    const commands = [
      encodeCommand('toggle-audio'),
      encodeCommand('toggle-video'),
      encodeCommand('toggle-share-screen'),
      encodeCommand('toggle-raise-hand'),
      encodeCommand('toggle-tile-view'),
      encodeCommand('toggle-chat'),
      encodeCommand('toggle-subtitles'),
      encodeCommand('toggle-participants-pane', true),
      encodeCommand('toggle-lobby', true),
      encodeCommand('toggle-e2ee', true),
      encodeCommand('set-audio-only', true),
      encodeCommand('set-noise-suppression-enabled', { enabled: true }),
      encodeCommand('password', 's3cret'),
      encodeCommand('subject', 'Pairing'),
      encodeCommand('display-name', 'Ana Maria'),
      encodeCommand('start-recording', { mode: 'file' }),
      encodeCommand('stop-recording', 'file'),
      encodeCommand('mute-everyone', 'audio'),
      encodeCommand('kick-participant', '3431e759'),
      encodeCommand('end-conference'),
      encodeCommand('video-hangup'),
    ].map((command) => JSON.parse(command) as ReturnType<typeof recorded>[number]);
    for (const command of commands) expect(command).toEqual(sent(command.params.data?.name ?? ''));
    const device = 'c51d5f2753a64ccd1ac2cc02a7408382bdc2ddca42520ac39ec32cf53ec8aa42';
    const requests: JitsiRequest[] = [
      { name: 'is-audio-muted' },
      { name: 'is-video-muted' },
      { name: 'rooms-info' },
      { type: 'devices', name: 'getAvailableDevices' },
      { type: 'devices', name: 'getCurrentDevices' },
      { type: 'devices', name: 'isDeviceChangeAvailable', deviceType: 'output' },
      { type: 'devices', name: 'setDevice', device: { kind: 'audioinput', id: device } },
    ];
    for (const request of requests) {
      const message = sent(request.name);
      const asOurs = { ...message, params: { ...message?.params, id: 'q1' } };
      expect(JSON.parse(encodeRequest(request, 'q1'))).toEqual(asOurs);
    }
  });
});

describe('our own messages, which the page hands back to us', () => {
  it.each(['toggle-audio', 'toggle-video', 'video-hangup'] as const)('%s is nothing', (command) => {
    expect(decodePageMessage(encodeCommand(command))).toBeUndefined();
  });

  it('questions are nothing', () => {
    expect(decodePageMessage(encodeRequest({ name: 'is-audio-muted' }, 'q1'))).toBeUndefined();
    expect(decodePageMessage(encodeRequest({ name: 'is-video-muted' }, 'q2'))).toBeUndefined();
  });
});

describe('a message of the page', () => {
  it('loses the fields that Parley does not use', () => {
    const joined = { name: 'participant-joined', id: 'a1', displayName: 'Ada', formattedDisplayName: 'Ada!' };
    expect(decodePageMessage(event(joined))).toEqual({
      kind: 'event',
      event: { name: 'participant-joined', id: 'a1', displayName: 'Ada' },
    });
  });

  it.each([
    ['another scope', event({ name: 'video-ready-to-close' }, { scope: 'jitsi_meet_external_api_0' })],
    ['no scope', event({ name: 'video-ready-to-close' }, { scope: undefined })],
    ['no postis mark', event({ name: 'video-ready-to-close' }, { postis: undefined })],
    ['another method', event({ name: 'video-ready-to-close' }, { method: 'other' })],
    ['a readiness of another scope', page('1', { method: '__ready__', scope: 'other' })],
    ['an unknown event', event({ name: 'future-event' })],
    ['an event without a name', event({})],
    ['an event that is a list', event([])],
    ['a mute state in words', event({ name: 'audio-mute-status-changed', muted: 'false' })],
    ['no mute state', event({ name: 'audio-mute-status-changed' })],
    ['a participant without id', event({ name: 'participant-joined', displayName: 'Eve' })],
    ['an id that is too long', event({ name: 'participant-left', id: 'x'.repeat(201) })],
    ['an answer with a number for an id', page({ type: 'response', id: 11, result: true })],
    ['an answer without id', page({ type: 'response', result: true })],
    ['another type', page({ type: 'other', data: { name: 'video-ready-to-close' } })],
    ['no parameters', page(undefined)],
    ['no JSON', '{'],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['nothing', ''],
  ])('with %s is nothing', (_what, text) => {
    expect(decodePageMessage(text)).toBeUndefined();
  });

  it('of our scope alone is taken', () => {
    expect(decodePageMessage(event({ name: 'video-ready-to-close' }))).toEqual({
      kind: 'event',
      event: { name: 'video-ready-to-close' },
    });
    expect(decodePageMessage(page({ type: 'response', id: 'q1', result: false }))).toEqual({
      kind: 'answer',
      id: 'q1',
      result: false,
    });
  });

  it('is read up to its longest length, and not beyond', () => {
    const bare = event({ name: 'video-ready-to-close', padding: '' });
    const padded = (length: number) =>
      event({ name: 'video-ready-to-close', padding: 'x'.repeat(length - bare.length) });
    expect(decodePageMessage(padded(MESSAGE_MAX))).toMatchObject({ kind: 'event' });
    expect(decodePageMessage(padded(MESSAGE_MAX + 1))).toBeUndefined();
  });

  it('may be any text, and any JSON in our envelope: nothing is thrown', () => {
    const names = fc.constantFrom(...Object.keys(KNOWN), '__proto__', 'constructor');
    const data = fc.oneof(
      fc.anything(),
      fc.tuple(names, fc.object()).map(([name, rest]) => ({ ...rest, name })),
    );
    const inEnvelope = data.map((value) => {
      const seenValues = new WeakSet();
      return JSON.stringify(
        { postis: true, scope: SCOPE, method: 'message', params: { type: 'event', data: value } },
        (_key, inner: unknown) => {
          if (typeof inner === 'bigint') return String(inner);
          if (typeof inner !== 'object' || inner === null) return inner;
          if (seenValues.has(inner)) return undefined;
          seenValues.add(inner);
          return inner;
        },
      );
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), inEnvelope), (text) => {
        const decoded = decodePageMessage(text);
        if (decoded?.kind === 'event') expect(Object.keys(KNOWN)).toContain(decoded.event.name);
      }),
      { numRuns: 500 },
    );
  });
});
