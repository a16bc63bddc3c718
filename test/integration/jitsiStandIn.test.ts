/** The stand-in deployment without a browser: what it serves, whom it lets in, who sees what, how it fails. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDeployment, type JitsiDeployment } from '../support/jitsi/deployment';
import { Guest } from '../support/jitsi/guest';
import { startAsapServer, TokenIssuer, type AsapServer } from '../support/jitsi/tokenIssuer';

const ROOM = 'brisk-otter';
const issuer = new TokenIssuer();
const token = issuer.token(ROOM);

let asap: AsapServer;
let deployment: JitsiDeployment;

beforeEach(async () => {
  asap = await startAsapServer([issuer]);
  deployment = await startDeployment({ asapKeyServer: asap.url });
});

afterEach(async () => {
  await deployment.stop();
  await asap.stop();
});

const guest = (room = ROOM) => new Guest(deployment.url, room);
const namesIn = (room: string) =>
  deployment
    .rooms()
    .get(room)
    ?.map(({ displayName }) => displayName) ?? [];

test('serves the room page under any room name, locked down, and nothing from outside', async () => {
  const response = await fetch(`${deployment.url}/${ROOM}`);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page).toContain('<h1>Stand-in meeting page</h1>');
  expect(page).not.toMatch(/(?:src|href)="(?!\/)/);
});

test.each([
  ['/config.js', 200],
  ['/static/close.html', 200],
  ['/stand-in/room.js', 200],
  ['/stand-in/absent.js', 404],
  ['/stand-in/..%2f..%2fdeployment.ts', 404],
  ['/http-bind', 404],
  ['/favicon.ico', 404],
])('%s answers %i', async (path, status) => {
  expect((await fetch(`${deployment.url}${path}`)).status).toBe(status);
});

test('every request is there to be looked at, with its headers', async () => {
  await fetch(`${deployment.url}/${ROOM}?x=1`, { headers: { authorization: 'Bearer seen' } });
  await guest().join({ token });
  expect(deployment.requests).toMatchObject([
    { method: 'GET', path: `/${ROOM}?x=1`, headers: { authorization: 'Bearer seen' } },
    { method: 'GET', path: `/xmpp-websocket?room=${ROOM}` },
  ]);
});

test('lets in with a good token, and asks for its key once', async () => {
  await guest().join({ token });
  await guest().join({ token });
  expect(asap.asked).toEqual(['/asap/8791edb7d806447dd0aaa98a2b568ad792696ed4d885f23b89f6beb7f7c4f44e.pem']);
});

test('a key that the address does not have is asked for again the next time', async () => {
  const stranger = new TokenIssuer('rotated');
  for (const visitor of [guest(), guest()]) {
    await visitor.login({ token: stranger.token(ROOM) });
    expect(await visitor.hears('login-refused')).toMatchObject({ message: 'could not obtain public key' });
  }
  expect(asap.asked).toHaveLength(2);
});

test('refuses at login without a token, and at the door with one for another room', async () => {
  const nobody = guest();
  await nobody.login({});
  expect(await nobody.hears('login-refused')).toMatchObject({ message: 'token required', recoverable: true });
  const stray = guest('another-room');
  await stray.login({ token });
  await stray.hears('logged-in');
  stray.say({ type: 'enter' });
  expect(await stray.hears('door-refused')).toMatchObject({ reason: 'Room and token mismatched' });
  expect(deployment.rooms()).toEqual(new Map());
});

test('nobody says anything in a room whose door was not passed', async () => {
  const ana = guest();
  await ana.join({ token });
  const lurker = guest();
  await lurker.login({ token });
  await lurker.hears('logged-in');
  lurker.say({ type: 'subject', subject: 'mine' });
  lurker.say({ type: 'chat', message: 'psst' });
  lurker.say({ type: 'enter' });
  await ana.hears('joined');
  expect(ana.heard.map(({ type }) => type)).toEqual(['logged-in', 'entered', 'joined']);
});

test('a free deployment lets in without a token, by the name given, and knows no key', async () => {
  const free = await startDeployment();
  const bea = new Guest(free.url, 'open-room');
  await bea.join({ displayName: 'Bea' });
  expect(free.rooms().get('open-room')).toMatchObject([{ displayName: 'Bea', role: 'moderator' }]);
  const withToken = new Guest(free.url, 'open-room');
  await withToken.login({ token });
  expect(await withToken.hears('login-refused')).toMatchObject({ message: 'could not obtain public key' });
  await free.stop();
});

test('the first one in moderates, and the next one does when that one leaves', async () => {
  const ana = guest();
  const anaId = await ana.join({ token });
  const bob = guest();
  const bobId = await bob.join({
    token: issuer.token(ROOM, { claims: { context: { user: { name: 'Bob' } } } }),
  });
  expect(deployment.rooms().get(ROOM)).toMatchObject([
    { id: anaId, displayName: 'Ana', role: 'moderator', audioMuted: true },
    { id: bobId, displayName: 'Bob', role: 'participant', audioMuted: true },
  ]);
  ana.leave();
  expect(await bob.hears('left')).toEqual({ type: 'left', id: anaId });
  expect(await bob.hears('promoted')).toEqual({ type: 'promoted', id: bobId });
});

test('only a moderator kicks, mutes all and sets the subject', async () => {
  const ana = guest();
  const anaId = await ana.join({ token });
  const bob = guest();
  const bobId = await bob.join({ token });
  bob.say({ type: 'kick', id: anaId });
  bob.say({ type: 'mute-everyone', mediaType: 'audio' });
  bob.say({ type: 'subject', subject: 'mine' });
  bob.say({ type: 'chat', message: 'done' });
  await ana.hears('chat');
  expect(ana.heard.map(({ type }) => type)).toEqual(['logged-in', 'entered', 'joined', 'chat']);
  ana.say({ type: 'kick', id: bobId });
  expect(await bob.hears('kicked')).toMatchObject({
    kicked: { id: bobId },
    kicker: { id: anaId, name: 'Ana' },
  });
});

test('the first opening of a microphone is told apart from a later change', async () => {
  const ana = guest();
  await ana.join({ token });
  const bob = guest();
  await bob.join({ token });
  for (const muted of [false, true, false]) bob.say({ type: 'media', mediaType: 'audio', muted });
  bob.say({ type: 'chat', message: 'done' });
  await ana.hears('chat');
  expect(ana.heard.filter(({ type }) => type === 'media')).toMatchObject([
    { muted: false, by: 'opening' },
    { muted: true, by: 'self' },
    { muted: false, by: 'self' },
  ]);
});

test('waitFor answers on the change itself, and is turned away by a stop', async () => {
  const muted = deployment.waitFor(ROOM, ([ana]) => ana?.audioMuted === false);
  const ana = guest();
  await ana.join({ token });
  ana.say({ type: 'media', mediaType: 'audio', muted: false });
  expect(await muted).toMatchObject([{ displayName: 'Ana', audioMuted: false }]);
  const never = deployment.waitFor('nobody-comes', (occupants) => occupants.length > 0);
  await Promise.all([expect(never).rejects.toThrow('stopped while waiting'), deployment.stop()]);
});

test('the deployment itself can mute and kick', async () => {
  const ana = guest();
  const id = await ana.join({ token });
  ana.say({ type: 'media', mediaType: 'audio', muted: false });
  await deployment.waitFor(ROOM, ([first]) => first?.audioMuted === false);
  deployment.setMuted(ROOM, id);
  expect(await ana.hears('media')).toMatchObject({ id, muted: true, by: 'moderator' });
  deployment.kick(ROOM, id);
  await ana.hears('kicked');
  expect(namesIn(ROOM)).toEqual([]);
});

test('a drop cuts without a word, keeps the seat, and the page takes it up again', async () => {
  const ana = guest();
  const id = await ana.join({ token });
  deployment.fail('drop');
  await ana.gone();
  await deployment.waitFor(ROOM, ([first]) => first?.connected === false);
  const refused = guest();
  await expect(refused.login({ token })).rejects.toThrow();
  deployment.setMuted(ROOM, id);
  deployment.restore();
  const back = guest();
  await back.login({ token, resume: id });
  expect(await back.hears('resumed')).toMatchObject({ self: { id, audioMuted: true } });
  expect(back.heard.map(({ type }) => type)).toEqual(['media', 'resumed']);
  expect(deployment.rooms().get(ROOM)).toMatchObject([{ id, connected: true }]);
});

test('never-answer and page-error strike once, or until they are taken back', async () => {
  deployment.next('page-error');
  const status = async () => (await fetch(`${deployment.url}/${ROOM}`)).status;
  expect([await status(), await status()]).toEqual([502, 200]);
  deployment.fail('page-error');
  expect([await status(), await status()]).toEqual([502, 502]);
  deployment.restore();
  expect(await status()).toBe(200);
  deployment.next('never-answer');
  const ignored = guest();
  await ignored.login({ token });
  await guest().join({ token });
  expect(ignored.heard).toEqual([]);
});

test('a socket that does not speak the protocol is closed, and harms nobody', async () => {
  const ana = guest();
  await ana.join({ token });
  const loud = guest();
  await loud.login({ token });
  loud.say({ type: 'chat', message: 'x'.repeat(100_000) });
  await loud.gone();
  expect(namesIn(ROOM)).toEqual(['Ana']);
});

test('a stopped deployment refuses connections', async () => {
  await deployment.stop();
  await expect(fetch(`${deployment.url}/${ROOM}`)).rejects.toThrow();
});
