import { randomPublicId } from '../../auth/caller';
import { issueRoomToken } from '../../tokens/roomToken';
import type { KnownDeployment, KnownLobby } from '../knownLobby';
import { examine } from './examine';
import { checkKeyServer } from './keyServer';
import type { Patient } from './patient';
import type { Section } from './report';

/** Under this name doctor's tokens are made out; nobody sees it unless a door opens that should not. */
const NAME = 'Parley doctor';

/** Examines the lobby's key server, then one deployment after the other. */
export async function doctor(lobby: KnownLobby): Promise<Section[]> {
  const sections: Section[] = [];
  if (lobby.deployments.some(({ alg }) => alg === 'RS256')) {
    const finding = await checkKeyServer(lobby.keyServer, lobby.publicKeys);
    sections.push({ id: 'lobby', url: lobby.origin, findings: [finding] });
  }
  for (const deployment of lobby.deployments) {
    const findings = await examine(patientOf(lobby, deployment));
    sections.push({ id: deployment.id, url: deployment.url, findings });
  }
  return sections;
}

function patientOf({ issuer, keyServer }: KnownLobby, deployment: KnownDeployment): Patient {
  const { id, url, xmppDomain, tenant, appId, alg, bridges } = deployment;
  const user = { id: randomPublicId(), name: NAME, moderator: false };
  return {
    id,
    url,
    xmppDomain,
    tenant,
    appId,
    bridges,
    check: alg === 'RS256' ? { alg, keyServer } : { alg },
    tokenTtl: issuer.tokenTtl,
    issue: async (room, now) => (await issueRoomToken(issuer, deployment, room, user, now)).token,
  };
}
