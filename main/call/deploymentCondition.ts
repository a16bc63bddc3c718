import type { DeploymentCondition } from '../../shared/ipc/commands/line';
import type { TokenAnswer } from '../security/credentials';
import type { LobbyClient } from './lobbyClient';
import type { Renewal } from './roomFinder';

export interface ConditionSources {
  lobby: Pick<LobbyClient, 'deployments'>;
  readToken: (lobbyOrigin: string) => Promise<TokenAnswer>;
}

/** Asks the lobby how the deployment of a call is. Who came by an invite may not ask; free calls have no lobby. */
export async function deploymentCondition(
  { lobby, readToken }: ConditionSources,
  renewal: Renewal,
): Promise<DeploymentCondition> {
  if (renewal.by !== 'account') return { known: false, because: renewal.by === 'invite' ? 'guest' : 'free' };
  const token = await readToken(new URL(renewal.lobby).origin);
  if (!token.ok) return { known: false, because: 'no-answer' };
  const answer = await lobby.deployments(renewal.lobby, token.token, new AbortController().signal);
  const deployment = answer.ok ? answer.value.find(({ id }) => id === renewal.deployment) : undefined;
  if (deployment === undefined) return { known: false, because: 'no-answer' };
  return { known: true, health: deployment.health ?? 'unknown', load: deployment.load };
}
