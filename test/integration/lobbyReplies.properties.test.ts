/** Whatever a lobby answers, at whatever status: a value of the contract, or a failure that can be told; never an exception. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LobbyClient } from '../../main/call/lobbyClient';
import { checkRoomLink } from '../../main/security/roomLink';
import {
  AcceptedCallReply,
  AcceptedInviteReply,
  DeploymentsReply,
  RegionsReply,
} from '../../shared/lobbyApi';
import { isSecureUrl } from '../../shared/webUrl';
import { deployment, grant, PlayedLobby, reply } from './playedLobby';

const lobby = new PlayedLobby();
beforeAll(() => lobby.start());
afterAll(() => lobby.stop());

const region = { region: 'eu', deployment: 'eu', probe: 'https://meet.example.com/probe' };
const GOOD = [reply, grant, { deployments: [deployment] }, { regions: [region] }] as const;

/** A good answer of which something is anything else. */
const almost = fc
  .tuple(
    fc.constantFrom<object>(...GOOD),
    fc.array(fc.tuple(fc.nat(12), fc.oneof(fc.jsonValue(), fc.webUrl(), fc.constant('file:///etc/passwd'))), {
      maxLength: 3,
    }),
  )
  .map(([good, changes]) => {
    const copy = JSON.parse(JSON.stringify(good)) as Record<string, unknown>;
    for (const [place, value] of changes) {
      const paths: [Record<string, unknown>, string][] = [];
      const walk = (node: Record<string, unknown>) => {
        for (const [name, below] of Object.entries(node)) {
          paths.push([node, name]);
          if (typeof below === 'object' && below !== null) walk(below as Record<string, unknown>);
        }
      };
      walk(copy);
      const found = paths[place % Math.max(1, paths.length)];
      if (found !== undefined) found[0][found[1]] = value;
    }
    return JSON.stringify(copy);
  });
const body = fc.oneof(almost, almost, fc.json(), fc.string({ unit: 'binary' }), fc.constant(''));
const status = fc.oneof(
  fc.constantFrom(200, 201, 401, 403, 404, 429, 500),
  fc.integer({ min: 200, max: 599 }),
);

it('is read without throwing, and what is taken is of the contract', { timeout: 60_000 }, async () => {
  const client = new LobbyClient((url, init) => fetch(url, init), 2_000);
  const none = new AbortController().signal;
  const taken = new Set<string>();
  await fc.assert(
    fc.asyncProperty(body, status, async (text, code) => {
      // These are asked for once more, after a pause; the pause is tested elsewhere.
      const said = [502, 503, 504].includes(code) ? 500 : code;
      lobby.answer((response) => {
        response.writeHead(said, { 'content-type': 'application/json' });
        response.end([204, 304].includes(said) ? undefined : text);
      });
      const answers = {
        call: [await client.startCall(lobby.url, 'token', { displayName: 'Ana' }, none), AcceptedCallReply],
        invite: [
          await client.useInvite(lobby.url, 'a.b.c', { displayName: 'Ana' }, none),
          AcceptedInviteReply,
        ],
        deployments: [await client.deployments(lobby.url, 'token', none), DeploymentsReply.shape.deployments],
        regions: [await client.regions(lobby.url, none), RegionsReply.shape.regions],
      } as const;
      for (const [name, [answer, schema]] of Object.entries(answers)) {
        if (!answer.ok) {
          expect(answer.failure.code).toMatch(/^(not-a-lobby|lobby-|invite-)/);
          continue;
        }
        taken.add(name);
        expect(schema.safeParse(answer.value).success).toBe(true);
      }
      if (answers.regions[0].ok) {
        for (const { probe } of answers.regions[0].value) expect(isSecureUrl(new URL(probe))).toBe(true);
      }
      // Nothing here is signed by a key of the lobby's, so nothing may be opened, whatever it names.
      if (answers.call[0].ok) {
        const announced = answers.deployments[0].ok ? answers.deployments[0].value.map(({ url }) => url) : [];
        const keySet = await client.keySet(lobby.url, none);
        const expected = { room: undefined, deployment: undefined, announced, keySet };
        expect((await checkRoomLink(answers.call[0].value, expected, new Date())).ok).toBe(false);
      }
    }),
    { numRuns: 300, endOnFailure: true, examples: GOOD.map((answer) => [JSON.stringify(answer), 200]) },
  );
  expect([...taken].sort()).toEqual(['call', 'deployments', 'invite', 'regions']);
});
