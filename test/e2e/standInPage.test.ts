/** The stand-in's room page where the recordings have nothing to hold it against: faults, its own buttons, its address. */
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { meetingUrl } from '../../shared/jitsi/meetingUrl';
import { RoomName } from '../../shared/roomName';
import { startDeployment, type JitsiDeployment } from '../support/jitsi/deployment';
import { Guest } from '../support/jitsi/guest';
import { Client } from '../support/jitsi/recorder/client';
import { startRecorder, type Recorder } from '../support/jitsi/recorder/recorder';

let deployment: JitsiDeployment;
let recorder: Recorder;
let clients: Client[] = [];

beforeAll(async () => {
  deployment = await startDeployment();
  recorder = await startRecorder();
});

afterEach(async () => {
  deployment.restore();
  await recorder.call('permit', true);
  await Promise.all(clients.map((client) => client.close()));
  clients = [];
});

afterAll(async () => {
  await recorder.stop();
  await deployment.stop();
});

const addressOf = (room: string) =>
  meetingUrl({ deployment: deployment.url, room: RoomName.parse(room), displayName: 'Ana' });

async function open(room: string, address = addressOf(room)): Promise<Client> {
  const client = new Client(recorder, room);
  clients.push(client);
  await client.open(address);
  return client;
}

/** A client that has joined, all of its first words heard and forgotten. */
async function joined(room: string): Promise<Client> {
  const client = await open(room);
  await client.says('video-conference-joined');
  await client.ask('is-audio-muted');
  client.forget();
  return client;
}

const names = (client: Client) => client.said().map(({ name }) => name);

const FIRST_OPENING = ['audio-availability-changed', 'audio-availability-changed'];

test('the name of a guest without a token comes from the address', async () => {
  const ana = await open('named');
  expect(await ana.says('video-conference-joined')).toMatchObject({
    displayName: 'Ana',
    formattedDisplayName: 'Ana (me)',
  });
});

test('is-audio-muted is true until the track flows', async () => {
  const ana = await joined('trap');
  expect(await ana.ask('is-audio-muted')).toBe(true);
  await ana.command('toggle-audio');
  await deployment.waitFor('trap', ([first]) => first?.audioMuted === false);
  expect(await ana.ask('is-audio-muted')).toBe(false);
  expect(names(ana)).toEqual(['toggle-audio', ...FIRST_OPENING]);
});

test('the page’s own button opens the microphone through the same trap, and is told of from then on', async () => {
  const ana = await joined('button');
  await ana.press('Unmute');
  await deployment.waitFor('button', ([first]) => first?.audioMuted === false);
  await ana.press('Mute');
  expect(await ana.says('audio-mute-status-changed')).toMatchObject({ muted: true });
  await deployment.waitFor('button', ([first]) => first?.audioMuted === true);
  expect(names(ana)).toEqual([...FIRST_OPENING, 'audio-mute-status-changed']);
});

test('takes as long as it is told to for a device, by its own button and by a command alike', async () => {
  const switchMs = 500;
  const slow = await startDeployment({ switchMs });
  onTestFinished(() => slow.stop());
  const url = meetingUrl({ deployment: slow.url, room: RoomName.parse('slow'), displayName: 'Ana' });
  const ana = await open('slow', url);
  await ana.says('video-conference-joined');
  await ana.press('Unmute');
  await slow.waitFor('slow', ([first]) => first?.audioMuted === false);
  ana.forget();
  for (const act of [() => ana.press('Mute'), () => ana.command('toggle-audio')]) {
    const begunAt = performance.now();
    await act();
    await ana.says('audio-mute-status-changed');
    expect(performance.now() - begunAt).toBeGreaterThanOrEqual(switchMs);
    ana.forget();
  }
});

test('waits as long as it is told to before it enters', async () => {
  const slow = await startDeployment();
  onTestFinished(() => slow.stop());
  const waitMs = 1_500;
  slow.setPace({ rounds: 1, waitMs });
  const begunAt = performance.now();
  const ana = await open('waits', meetingUrl({ deployment: slow.url, room: RoomName.parse('waits') }));
  await ana.says('video-conference-joined');
  expect(performance.now() - begunAt).toBeGreaterThanOrEqual(waitMs);
});

test('the page’s own button hangs up', async () => {
  const ana = await joined('own-hang-up');
  await ana.press('Leave the meeting');
  await ana.says('video-ready-to-close');
  await deployment.waitFor('own-hang-up', (occupants) => occupants.length === 0);
});

test.each([
  { by: 'deployment', permit: true },
  { by: 'user', permit: false },
])('a microphone refused by the $by is a mic-error, and can be tried again', async ({ by, permit }) => {
  const room = `refused-by-${by}`;
  const ana = await joined(room);
  if (permit) deployment.next('mic-error');
  await recorder.call('permit', permit);
  await ana.command('toggle-audio');
  expect(await ana.says('mic-error')).toMatchObject({ type: 'gum.permission_denied' });
  expect(await ana.ask('is-audio-muted')).toBe(true);
  expect(names(ana).slice(1)).toEqual([
    'audio-availability-changed',
    'mic-error',
    'audio-availability-changed',
  ]);
  await recorder.call('permit', true);
  await ana.command('toggle-audio');
  await deployment.waitFor(room, ([first]) => first?.audioMuted === false);
});

test('a refused camera is a camera-error, and the camera stays off', async () => {
  const ana = await joined('camera');
  await recorder.call('permit', false);
  await ana.command('toggle-video');
  expect(await ana.says('camera-error')).toMatchObject({ type: 'gum.permission_denied' });
  expect(await ana.ask('is-video-muted')).toBe(true);
  expect(names(ana)).toEqual(['toggle-video', 'camera-error']);
});

test('muted by a moderator: not a word, only another answer', async () => {
  const ana = await joined('moderated');
  await ana.command('toggle-audio');
  const [self] = await deployment.waitFor('moderated', ([first]) => first?.audioMuted === false);
  expect(await ana.ask('is-audio-muted')).toBe(false);
  ana.forget();
  deployment.setMuted('moderated', self?.id ?? '');
  expect(await ana.ask('is-audio-muted')).toBe(true);
  expect(ana.said()).toEqual([]);
});

test('thrown out by somebody else', async () => {
  const ana = await joined('thrown-out');
  const [self] = deployment.rooms().get('thrown-out') ?? [];
  deployment.kick('thrown-out', self?.id ?? '');
  await ana.says('video-conference-left');
  expect(await ana.says('participant-kicked-out')).toMatchObject({ kicked: { local: true, name: 'Ana' } });
});

test('a third one ends the peer-to-peer connection, and is told of with name and mute state', async () => {
  const ana = await joined('three');
  const [bob, eve] = [new Guest(deployment.url, 'three'), new Guest(deployment.url, 'three')];
  const bobId = await bob.join({ displayName: 'Bob' });
  await eve.join({ displayName: 'Eve' });
  for (const muted of [false, true]) bob.say({ type: 'media', mediaType: 'audio', muted });
  expect(await ana.says('participant-muted')).toMatchObject({ id: bobId, isMuted: true, isSelfMuted: true });
  const shown = ['participant-joined', 'p2p-status-changed', 'participant-muted'];
  expect(ana.said().filter(({ name = '' }) => shown.includes(name))).toMatchObject([
    { displayName: 'Bob', formattedDisplayName: 'Bob' },
    { isP2p: true },
    { displayName: 'Eve' },
    { isP2p: false },
    { name: 'participant-muted' },
  ]);
});

test('a deployment that never answers: the page is there, and is in no room', async () => {
  deployment.next('never-answer');
  const ana = await open('unanswered');
  await ana.says('_pip-requested');
  await joined('answered');
  expect(await ana.ask('is-audio-muted')).toBe(true);
  expect(names(ana).at(-1)).toBe('video-availability-changed');
  expect(deployment.rooms().has('unanswered')).toBe(false);
});

test('without an API id the scope is missing, and no command is heard', async () => {
  const ana = await open('unscoped', addressOf('unscoped').replace('jitsi_meet_external_api_id', 'no_id'));
  await ana.says('video-conference-joined');
  await ana.command('video-hangup');
  await ana.says('video-hangup');
  const [self] = deployment.rooms().get('unscoped') ?? [];
  expect(self).toMatchObject({ displayName: 'Ana' });
  const scopes = ana.entries().flatMap(({ msg }) => (msg ? [msg.scope] : []));
  expect(new Set(scopes)).toEqual(new Set([undefined, 'jitsi_meet_external_api_7']));
});

test('that one talks while muted is noticed where the address asks for that, and once the microphone was opened', async () => {
  const client = async (room: string, address = addressOf(room)) => {
    const ana = await open(room, address);
    await ana.says('video-conference-joined');
    const [self] = deployment.rooms().get(room) ?? [];
    const talk = () => deployment.talk(room, self?.id ?? '');
    talk();
    await ana.press('Unmute');
    await deployment.waitFor(room, ([first]) => first?.audioMuted === false);
    talk();
    await ana.press('Mute');
    await deployment.waitFor(room, ([first]) => first?.audioMuted === true);
    talk();
    deployment.speak(room, self?.id ?? '');
    await ana.says('dominant-speaker-changed');
    return ana.said().filter(({ title }) => title === 'toolbar.talkWhileMutedPopup').length;
  };
  expect(await client('noticed')).toBe(1);
  const without = addressOf('unnoticed').replace('config.enableTalkWhileMuted=true', 'x=1');
  expect(await client('unnoticed', without)).toBe(0);
});

test('without the parameter for it the page asks first', async () => {
  const ana = await open('asks', addressOf('asks').replace('config.prejoinConfig.enabled=false', 'x=1'));
  await ana.says('_pip-requested');
  await ana.ask('is-audio-muted');
  expect(deployment.rooms().has('asks')).toBe(false);
  await ana.press('Join meeting');
  await ana.says('video-conference-joined');
});

test('after joining the address is bare, and a new hash does nothing', async () => {
  const ana = await joined('bare');
  expect(await recorder.call('address', 'bare')).toBe(`${deployment.url}/bare`);
  await recorder.call('navigate', 'bare', addressOf('bare'));
  expect(await ana.ask('is-audio-muted')).toBe(true);
  expect(ana.said()).toEqual([]);
});

test('no device is asked for before the first toggle', async () => {
  const ana = await open('quiet');
  await ana.says('video-conference-joined');
  await ana.ask('is-video-muted');
  const asked = ana.entries().flatMap(({ permission }) => permission ?? []);
  expect(asked.filter((permission) => permission !== 'screen-wake-lock')).toEqual([]);
});
