import type { Caller } from '../auth/caller';
import type { TokenUser } from './roomToken';

/** A caller as room tokens may show it; `displayName` is what it wants to be called in this call. */
export function tokenUserOf(
  { publicId, moderator, email, avatarUrl }: Caller,
  displayName: string,
): TokenUser {
  return { id: publicId, name: displayName, moderator, email, avatar: avatarUrl };
}
