import { beforeEach, describe, expect, it } from 'vitest';
import { IncomingLinks } from '../../../../main/links/incomingLinks';
import { type CallIntent, type CallState, IDLE } from '../../../../shared/callState';

const OWN = 'https://lobby.example.com';
const FOREIGN = 'https://foreign.example';
const INVITE = 'aa.bb.cc';
const link = (parameters: Record<string, string>) =>
  `parley://join?${new URLSearchParams(parameters).toString()}`;

let state: CallState;
let started: CallIntent[];
let left: number;
let asked: number;
let links: IncomingLinks;
beforeEach(() => {
  state = IDLE;
  started = [];
  left = 0;
  asked = 0;
  links = new IncomingLinks({
    calls: {
      get state() {
        return state;
      },
      start(intent) {
        started.push(intent);
        return Promise.resolve();
      },
      leave: () => (left += 1),
    },
    settings: () => ({ lobbies: [OWN], freeMode: true }),
    onChange: () => undefined,
    onAsk: () => (asked += 1),
  });
});

/** The user's click on what stands there. */
const yes = (media: 'audio' | 'video') => links.accept(links.question?.id ?? 0, media);

const calling: CallState = {
  phase: 'requesting',
  intent: { target: { kind: 'new' }, media: 'audio', free: false },
};

describe('the question', () => {
  it('names the lobby and the room, and starts nothing', () => {
    links.take(link({ lobby: OWN, invite: INVITE, room: 'brisk-otter' }));
    const question = { kind: 'join', host: 'lobby.example.com', room: 'brisk-otter', own: true, id: 1 };
    expect([links.question, asked, started]).toEqual([question, 1, []]);
  });

  it('says when the lobby is not one of the user’s', () => {
    links.take(link({ lobby: FOREIGN, invite: INVITE }));
    expect(links.question).toMatchObject({ host: 'foreign.example', own: false });
  });

  it('is about the newest link, and goes when the user says no', () => {
    links.take('parley://call');
    links.take(link({ lobby: OWN, room: 'brisk-otter' }));
    expect(links.question?.kind).toBe('join');
    links.dismiss();
    expect(links.question).toBeUndefined();
    yes('audio');
    expect(started).toEqual([]);
  });
});

it('a yes to a link that another has taken the place of starts neither; the newer one is asked about', () => {
  links.take(link({ lobby: OWN, room: 'brisk-otter' }));
  const meant = links.question?.id ?? 0;
  links.take(link({ lobby: FOREIGN, invite: INVITE, room: 'their-room' }));
  links.accept(meant, 'audio');
  expect([started, left, links.question]).toMatchObject([[], 0, { host: 'foreign.example' }]);
  yes('audio');
  expect(started).toMatchObject([{ target: { room: 'their-room' } }]);
});

it('a yes that comes twice, or to the same link anew, is one yes', () => {
  links.take('parley://call');
  const meant = links.question?.id ?? 0;
  links.accept(meant, 'audio');
  links.take('parley://call');
  links.accept(meant, 'audio');
  expect(started).toHaveLength(1);
});

describe('a refused link', () => {
  it.each([
    ['parley://explode', { fault: 'action' }],
    [link({ lobby: FOREIGN, room: 'brisk-otter' }), { fault: 'foreign-lobby', host: 'foreign.example' }],
  ])('%s is said to be one, and starts nothing whatever is answered', (text, question) => {
    links.take(text);
    expect(links.question).toMatchObject({ kind: 'refused', ...question });
    yes('audio');
    expect(started).toEqual([]);
  });
});

describe('a yes', () => {
  it('joins by the invite, through its lobby and into the room that was named', () => {
    links.take(link({ lobby: FOREIGN, invite: INVITE, room: 'brisk-otter' }));
    yes('video');
    const target = { kind: 'invite', lobby: FOREIGN, invite: INVITE, room: 'brisk-otter' };
    expect(started).toEqual([{ target, media: 'video', free: false }]);
    expect(links.question).toBeUndefined();
  });

  it('joins a room at one of the user’s lobbies, which need not be the one in use', () => {
    links.take(link({ lobby: OWN, room: 'brisk-otter' }));
    yes('audio');
    const target = { kind: 'lobby-room', lobby: OWN, room: 'brisk-otter' };
    expect(started).toEqual([{ target, media: 'audio', free: false }]);
  });

  it('starts a call as the toolbar would', () => {
    links.take('parley://call');
    yes('audio');
    expect(started).toEqual([{ target: { kind: 'new' }, media: 'audio', free: true }]);
  });

  it('leaves the call under way first, and starts when that is over, once', () => {
    state = calling;
    links.take('parley://call');
    yes('audio');
    expect([left, started.length]).toEqual([1, 0]);
    links.callChanged();
    expect(started.length).toBe(0);
    state = IDLE;
    links.callChanged();
    links.callChanged();
    expect(started.length).toBe(1);
  });
});
