/** Commands about later versions of Parley. */
import { z } from 'zod';
import { ADDRESS_MAX } from '../../limits';
import { Nothing } from './nothing';

export const updateCommands = {
  /** Asks the server whether there is one. */
  'updates/look': Nothing,
  'updates/load': Nothing,
  /** Quits, and starts the version that was loaded; not during a call. */
  'updates/restart': Nothing,
  /** Where the user's updates come from; empty: from nowhere. */
  'updates/address': z.strictObject({ url: z.string().max(ADDRESS_MAX) }),
} as const satisfies Record<string, z.ZodType>;

export interface UpdateReplies {
  'updates/address': UpdateAddressResult;
}

export type UpdateAddressResult =
  { ok: true } | { ok: false; fault: 'address' | 'insecure' } | { ok: false; fault: 'file'; detail: string };
