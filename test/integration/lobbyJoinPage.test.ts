import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallReply, Problem } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';
import { sendRaw } from '../support/rawHttp';
import { partsOf } from '../unit/lobby/tokens';
import { refusals } from './answers';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let lobby: LobbyProcess;
let call: CallReply;
let invite: string;
let later: string;

beforeAll(async () => {
  lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com/base',
    env: { JITSI_XMPP_DOMAIN: 'meet.jitsi', LOBBY_PUBLIC_URL: 'https://lobby.example.com' },
  });
  const authorization = `Bearer ${await lobby.addToken('alice')}`;
  const newCall = async (wish: object) => {
    const response = await fetch(`${lobby.url}/api/v1/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ displayName: 'Ada', invite: wish }),
    });
    return CallReply.parse(await response.json());
  };
  const inviteOf = (reply: CallReply) => reply.invite.url.split('/join/')[1] ?? '';
  call = await newCall({});
  invite = inviteOf(call);
  later = inviteOf(await newCall({ opensAt: new Date(Date.now() + 36e5).toISOString() }));
});
afterAll(() => lobby.stop());

const open = (path: string, headers: Record<string, string> = BROWSER) =>
  fetch(`${lobby.url}/join/${path}`, { headers });
const send = (body: string | undefined, headers: Record<string, string> = {}, path = invite) =>
  fetch(`${lobby.url}/join/${path}`, {
    method: 'POST',
    headers: { ...BROWSER, ...FORM, ...headers },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  });
const refusal = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return [response.status, Problem.parse(await response.json()).type.replace('urn:parley:problem:', '')];
};

describe('the page of an invite', () => {
  it('opens the app with exactly the lobby, the invite and the room', async () => {
    const response = await open(invite);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const [, href = ''] = /href="(parley:[^"]*)"/.exec(await response.text()) ?? [];
    const link = new URL(href.replaceAll('&amp;', '&'));
    expect(`${link.protocol}//${link.host}${link.pathname}${link.hash}`).toBe('parley://join');
    expect([...link.searchParams]).toEqual([
      ['lobby', 'https://lobby.example.com'],
      ['invite', invite],
      ['room', call.room],
    ]);
  });

  it('loads nothing from elsewhere, runs nothing, is framed by nobody and tells nobody its address', async () => {
    const { headers } = await open(invite);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self' https:\/\/meet\.example\.com; /,
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['es', {}, 'Entrar desde el navegador'],
    ['de', {}, 'Im Browser teilnehmen'],
    ['fr', {}, 'Participer dans le navigateur'],
    ['en', { 'accept-language': 'fr;q=0' }, 'Join in the browser'],
    ['de', { 'accept-language': 'ja, de-CH;q=0.4' }, 'Im Browser teilnehmen'],
  ])('speaks %s with %j', async (language, header, words) => {
    const query = 'accept-language' in header ? '' : `?lang=${language}`;
    const response = await open(`${invite}${query}`, { ...BROWSER, ...header });
    expect(response.headers.get('content-language')).toBe(language);
    expect(response.headers.get('vary')).toBe('accept, accept-language');
    const page = await response.text();
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(words);
  });

  it('is sent to whoever takes anything', async () => {
    for (const accept of [
      '*/*',
      'text/*',
      'image/png, */*;q=0.1',
      'application/json;q=0.5, */*',
      BROWSER.accept,
    ]) {
      const response = await open(invite, { accept });
      expect([accept, response.headers.get('content-type')]).toEqual([accept, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain('parley://join');
    }
    const silent = await sendRaw(
      lobby.url,
      `GET /join/${invite} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`,
    );
    expect(silent.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('is words alone for a program that wants something else more', async () => {
    for (const accept of [
      'text/plain',
      'application/json',
      'application/json, text/html;q=0.5',
      'text/plain, */*;q=0.9',
      'text/html;q=0, */*',
      'image/png',
    ]) {
      const response = await open(invite, { accept });
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await response.text()).toContain('Join call');
    }
  });
});

describe('the form', () => {
  it('leads into the room with a token in the hash, which no server sees', async () => {
    const response = await send('displayName=+Zo%C3%AB+%3Cb%3E+');
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get('location') ?? '');
    expect(`${location.origin}${location.pathname}${location.search}`).toBe(
      `https://meet.example.com/base/${call.room}`,
    );
    const [, json = ''] = /^#jwt=(.*)$/.exec(location.hash) ?? [];
    const token = JSON.parse(decodeURIComponent(json)) as string;
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({
      room: call.room,
      sub: 'meet.jitsi',
      context: { user: { name: 'Zoë <b>', moderator: false } },
    });
    await lobby.waitForStderr(/"user":"guest","displayName":"Zoë <b>"/);
    expect(lobby.stderr()).not.toContain(token);
    expect(lobby.stderr()).not.toContain(invite);
  });

  it.each([
    ['displayName=', 'Enter a name'],
    ['displayName=%20%09', 'Enter a name'],
    ['', 'Enter a name'],
    [undefined, 'Enter a name'],
    ['name=Ada', 'Enter a name'],
    [`displayName=${'x'.repeat(81)}`, 'The name is too long'],
    ['displayName=%E0%A4%A', undefined],
    ['displayName=Ada%0A%00Lovelace', undefined],
  ])('with %j is answered', async (body, words) => {
    const before = (await refusals(lobby)).get('invalid-request') ?? 0;
    const response = await send(body);
    const after = (await refusals(lobby)).get('invalid-request') ?? 0;
    expect(after - before).toBe(words === undefined ? 0 : 1);
    if (words === undefined) {
      expect(response.status).toBe(303);
      return;
    }
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain(words);
    expect(page).toContain('aria-describedby="name-error"');
  });

  it('keeps the name that was typed, harmless', async () => {
    const page = await (
      await send(`displayName=${encodeURIComponent(`"><script>${'x'.repeat(80)}`)}`)
    ).text();
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;x');
    expect(page).not.toContain('<script');
  });

  it('is not taken from another site', async () => {
    expect(
      await refusal(await send('displayName=Ada', { 'sec-fetch-site': 'cross-site', accept: '*/*' })),
    ).toEqual([403, 'forbidden']);
    expect((await send('displayName=Ada', { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  it('is the only thing that its address takes, and is taken nowhere else', async () => {
    const json = { 'content-type': 'application/json', accept: '*/*' };
    expect(await refusal(await send('{"displayName":"Ada"}', json))).toEqual([415, 'unsupported-media-type']);
    const elsewhere = await fetch(`${lobby.url}/api/v1/invites/${invite}`, {
      method: 'POST',
      headers: FORM,
      body: 'displayName=Ada',
    });
    expect(await refusal(elsewhere)).toEqual([415, 'unsupported-media-type']);
  });
});

describe('an invite that leads nowhere', () => {
  const cases = () =>
    [
      ['mistyped', 404, 'not valid', 'invite-invalid'],
      [call.token, 404, 'not valid', 'invite-invalid'],
      [`${invite.slice(0, -4)}AAAA`, 404, 'not valid', 'invite-invalid'],
      [later, 403, 'not open yet', 'invite-not-yet-open'],
    ] as const;

  it('has a page that says so, and no form', async () => {
    for (const [path, status, words] of cases()) {
      for (const response of [await open(path), await send('displayName=Ada', {}, path)]) {
        expect([path, response.status]).toEqual([path, status]);
        expect(response.headers.get('content-security-policy')).toContain("form-action 'none'");
        const page = await response.text();
        expect(page).toContain(words);
        expect(page).not.toMatch(/<form|parley:/);
      }
    }
  });

  it.each([
    ['an address that is none', '%zz', undefined, {}, 400, 'This invite is not valid'],
    ['one that is far too long', 'x'.repeat(5_000), undefined, {}, 414, 'This invite is not valid'],
    ['one with more behind it', 'a/b', undefined, {}, 404, 'This invite is not valid'],
    [
      'a form of elsewhere',
      '',
      'displayName=Ada',
      { 'sec-fetch-site': 'cross-site' },
      403,
      'could not be read',
    ],
    ['a form that is none', '', '{}', { 'content-type': 'application/json' }, 415, 'could not be read'],
    ['a form without an end', '', `displayName=${'x'.repeat(20_000)}`, {}, 413, 'could not be read'],
  ])('is a page with its status for %s', async (_what, path, body, headers, status, words) => {
    const response = await (body === undefined ? open(path) : send(body, headers));
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'text/html; charset=utf-8',
    ]);
    expect(response.headers.get('content-security-policy')).toContain("form-action 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain(words);
  });

  it('is a problem document for a program', async () => {
    for (const [path, status, , type] of cases()) {
      expect(await refusal(await open(path, { accept: '*/*' }))).toEqual([status, type]);
    }
  });
});

it('tells the meeting’s page the name that was typed where room tokens hold no names', async () => {
  const nameless = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { LOBBY_TOKEN_USER: 'avatar', LOBBY_MEETING_CONFIG: '{"disablePolls":true}' },
  });
  try {
    const response = await fetch(`${nameless.url}/api/v1/calls`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await nameless.addToken('alice')}`,
      },
      body: JSON.stringify({ displayName: 'Ada' }),
    });
    const { url } = CallReply.parse(await response.json()).invite;
    const name = 'Zoë "<b>" & #jwt=x %';
    const sent = await fetch(url, {
      method: 'POST',
      headers: { ...BROWSER, ...FORM },
      body: new URLSearchParams({ displayName: name }).toString(),
      redirect: 'manual',
    });
    const location = new URL(sent.headers.get('location') ?? '');
    const hash = location.hash.slice(1).split('&');
    const [[, jwt = ''] = [], ...rest] = hash.map((parameter) => {
      const [key = '', json = ''] = parameter.split('=');
      return [key, JSON.parse(decodeURIComponent(json)) as string];
    });
    expect(rest).toEqual([
      ['userInfo.displayName', name],
      ['config.disablePolls', true],
    ]);
    expect(partsOf(jwt)[1]).not.toHaveProperty('context.user.name');
    expect(location.search).toBe('');
  } finally {
    await nameless.stop();
  }
});

it('says in the reader’s language when there were too many requests, and for how long', async () => {
  const busy = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { LOBBY_ADDRESS_RATE_LIMIT: '2/h' },
  });
  try {
    const ask = (headers: Record<string, string>) => fetch(`${busy.url}/join/any`, { headers });
    const german = { ...BROWSER, 'accept-language': 'de' };
    expect([(await ask(german)).status, (await ask(german)).status]).toEqual([404, 404]);
    const response = await ask(german);
    expect(response.status).toBe(429);
    const wait = response.headers.get('retry-after') ?? '';
    expect(Number(wait)).toBeGreaterThan(0);
    const page = await response.text();
    expect(page).toContain('Es waren zu viele Anfragen');
    expect(page.replaceAll('.', '')).toContain(`in ${wait} Sekunden noch einmal`);
    expect(await refusal(await ask({ accept: '*/*' }))).toEqual([429, 'rate-limited']);
  } finally {
    await busy.stop();
  }
});
