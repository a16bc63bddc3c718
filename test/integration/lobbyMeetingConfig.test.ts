/** `LOBBY_MEETING_CONFIG`: every way into a room says what is different in the calls of this lobby. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CallReply, InviteReply, RenewalReply } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';

const written = { disablePolls: true, toolbarConfig: { alwaysVisible: true } };
const config = { disablePolls: true, 'toolbarConfig.alwaysVisible': true };

let lobby: LobbyProcess;
let call: CallReply;
let bearer: string;

beforeAll(async () => {
  lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { LOBBY_MEETING_CONFIG: JSON.stringify(written) },
  });
  bearer = await lobby.addToken('ada');
  call = CallReply.parse(await post('/api/v1/calls', bearer));
});
afterAll(() => lobby.stop());

const ask = (path: string, token?: string) =>
  fetch(`${lobby.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ displayName: 'Ada' }),
  });
const post = async (path: string, token?: string): Promise<unknown> => (await ask(path, token)).json();

it('stands in the answer to a call, to an invite and to a renewal', async () => {
  expect(call.config).toEqual(config);
  expect(RenewalReply.parse(await post(`/api/v1/calls/${call.room}/token`, bearer)).config).toEqual(config);
  const invite = call.invite.url.split('/').at(-1) ?? '';
  expect(InviteReply.parse(await post(`/api/v1/invites/${invite}`)).config).toEqual(config);
});

it('goes with a guest who joins in the browser, behind the token', async () => {
  const response = await fetch(call.invite.url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    body: 'displayName=Bob',
  });
  expect(new URL(response.headers.get('location') ?? '').hash).toMatch(
    /^#jwt=%22[\w.-]+%22&config\.disablePolls=true&config\.toolbarConfig\.alwaysVisible=true$/,
  );
});
