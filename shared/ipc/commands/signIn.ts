/** Commands about signing in to the lobby in use. */
import { z } from 'zod';
import { ADDRESS_MAX, LOGIN_MAX } from '../../limits';
import { Nothing } from './nothing';

export const signInCommands = {
  /** Asks the lobby at an address, as typed, what it takes, and finds out who one is to it. */
  'sign-in/look': z.strictObject({ lobbyUrl: z.string().max(ADDRESS_MAX) }),
  /** Opens the system's browser at the lobby's OpenID provider. Answered when that has come to an end. */
  'sign-in/browser': Nothing,
  'sign-in/cancel': Nothing,
  'sign-in/password': z.strictObject({
    user: z.string().max(LOGIN_MAX),
    password: z.string().max(LOGIN_MAX),
    remember: z.boolean(),
  }),
  'sign-in/out': Nothing,
} as const satisfies Record<string, z.ZodType>;
