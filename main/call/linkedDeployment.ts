/** The room of an address that somebody has pasted, on the deployment that it names. */
import type { Deployment } from '../../shared/lobbyApi';
import { withoutTrailingSlash } from '../../shared/webUrl';
import type { LobbyAnswer } from './lobbyClient';

export interface Linked {
  lobby: string;
  /** Base URL, with a tenant's path where there is one. */
  deployment: string;
}

/** What a lobby is told of where the room is. */
export interface Place {
  region?: string;
}

/**
 * Asks for the room once the lobby's list has said where it is: a room's name alone may lead to another deployment. For one
 * that is not on the list nothing is asked, so that no token is made.
 *
 * @param listing `undefined` in it: the lobby has no list; then the answer alone shows where it leads
 */
export async function startLinked<Value>(
  { lobby, deployment }: Linked,
  listing: Promise<LobbyAnswer<readonly Deployment[] | undefined>>,
  start: (place: Place) => Promise<LobbyAnswer<Value>>,
): Promise<LobbyAnswer<Value>> {
  const listed = await listing;
  if (!listed.ok) return listed;
  if (listed.value === undefined) return start({});
  const found = listed.value.find(({ url }) => withoutTrailingSlash(url) === deployment);
  if (found !== undefined) return start({ region: found.region });
  const { host } = new URL(lobby);
  const detail = new URL(deployment).host;
  return { ok: false, failure: { code: 'room-link-refused', host, fault: 'not-served', detail } };
}
