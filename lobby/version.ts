import { version } from '../package.json';

/** The version of this program, as the package has it. */
export const VERSION = version;
