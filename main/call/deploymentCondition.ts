import type { DeploymentCondition } from '../../shared/ipc/commands/line';
import type { LobbyAccess } from '../signIn/lobbyAccess';
import type { LobbyClient } from './lobbyClient';
import type { Renewal } from './roomFinder';

export interface ConditionSources {
  lobby: Pick<LobbyClient, 'deployments'>;
  access: Pick<LobbyAccess, 'ask'>;
}

/** Asks the lobby how the deployment of a call is. Who came by an invite may not ask; free calls have no lobby. */
export async function deploymentCondition(
  { lobby, access }: ConditionSources,
  renewal: Renewal,
): Promise<DeploymentCondition> {
  if (renewal.by !== 'account') return { known: false, because: renewal.by === 'invite' ? 'guest' : 'free' };
  const answer = await access.ask(renewal.lobby, (proof) =>
    lobby.deployments(renewal.lobby, proof, new AbortController().signal),
  );
  const deployment = answer.ok ? answer.value.find(({ id }) => id === renewal.deployment) : undefined;
  if (deployment === undefined) return { known: false, because: 'no-answer' };
  return { known: true, health: deployment.health ?? 'unknown', load: deployment.load };
}
