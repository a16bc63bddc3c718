import { z } from 'zod';

/** The argument of a command that takes none. */
export const Nothing = z.undefined();
