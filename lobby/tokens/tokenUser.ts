import { DisplayName } from '../../shared/lobbyApi';
import type { Caller } from '../auth/caller';
import type { TokenUser } from './roomToken';

/** A caller as room tokens may show it; `displayName` is what it wants to be called in this call, if it said so. */
export function tokenUserOf(
  { publicId, moderator, email, avatarUrl }: Caller,
  displayName: string | undefined,
): TokenUser {
  return { id: publicId, name: displayName, moderator, email, avatar: avatarUrl };
}

/**
 * What provider or directory call somebody, where that can stand in a room. Never the account's name, which may be an
 * e-mail address: what the room learns of those is the operator's to say.
 */
export function knownName({ name, email }: Caller): string | undefined {
  return name === email ? undefined : DisplayName.safeParse(name).data;
}
