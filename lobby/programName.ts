import { basename } from 'node:path';

/** How the operator called this program, so that the commands in messages can be run as they stand. */
export function programName(argv: readonly string[], environment: NodeJS.ProcessEnv): string {
  if (environment['npm_lifecycle_event'] === 'lobby') return 'npm run --silent lobby --';
  const script = argv[1] ?? '';
  return /\.[cm]?js$/.test(script) ? `node ${quoted(script)}` : basename(script);
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
