import { describe, expect, it } from 'vitest';
import { deploymentCondition } from '../../../../main/call/deploymentCondition';
import { LobbyClient } from '../../../../main/call/lobbyClient';
import type { Renewal } from '../../../../main/call/roomFinder';
import type { ProofAnswer } from '../../../../main/signIn/lobbyAccess';

const LOBBY = 'https://lobby.example.com';
const account: Renewal = { by: 'account', lobby: LOBBY, deployment: 'us' };
const deployment = (id: string) => ({ id, url: `https://${id}.example.com`, region: id });

let asked: string[] = [];
const ask = (renewal: Renewal, deployments: object[], proof: ProofAnswer = { ok: true, proof: 'secret' }) => {
  asked = [];
  const lobby = new LobbyClient((url) => {
    asked.push(url);
    return Promise.resolve(Response.json({ deployments }));
  });
  return deploymentCondition(
    {
      lobby,
      access: { ask: (_lobby, question) => (proof.ok ? question(proof.proof) : Promise.resolve(proof)) },
    },
    renewal,
  );
};

describe('the condition of a call’s deployment', () => {
  it('is what the lobby says of that one', async () => {
    const deployments = [
      { ...deployment('eu'), health: 'down' },
      { ...deployment('us'), health: 'degraded', load: 0.42 },
    ];
    expect(await ask(account, deployments)).toEqual({ known: true, health: 'degraded', load: 0.42 });
    expect(asked).toEqual([`${LOBBY}/api/v1/deployments`]);
  });

  it('is unknown by a lobby that watches no bridges', async () => {
    expect(await ask(account, [deployment('us')])).toEqual({
      known: true,
      health: 'unknown',
      load: undefined,
    });
  });

  it.each<[string, Renewal]>([
    ['guest', { by: 'invite', lobby: LOBBY, deployment: 'us', invite: 'i.n.v', grant: 'g' }],
    ['free', { by: 'name', url: 'https://meet.jit.si/brisk-otter' }],
  ])('is not asked for: %s', async (because, renewal) => {
    expect(await ask(renewal, [deployment('us')])).toEqual({ known: false, because });
    expect(asked).toEqual([]);
  });

  it('is not known when the lobby does not say', async () => {
    expect(await ask(account, [deployment('eu')])).toEqual({ known: false, because: 'no-answer' });
    const locked = await ask(account, [deployment('us')], {
      ok: false,
      failure: { code: 'keychain', fault: 'locked' },
    });
    expect(locked).toEqual({ known: false, because: 'no-answer' });
    expect(asked).toEqual([]);
  });
});
