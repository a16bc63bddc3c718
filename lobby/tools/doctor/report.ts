import { CHECKS, type Finding, type Result } from './finding';

/** What was found about one deployment, or about the lobby itself. */
export interface Section {
  /** Id of the deployment; `lobby` for what all deployments share. */
  id: string;
  url: string;
  findings: readonly Finding[];
}

const WORDS: Record<Result, string> = { ok: 'ok', warning: 'warning', failed: 'FAILED', skipped: '-' };

/** Whether nothing is wrong. A warning is not wrong yet. */
export function isHealthy(sections: readonly Section[]): boolean {
  return sections.every(({ findings }) => findings.every(({ result }) => result !== 'failed'));
}

/** A table for people: result, check, what was found; under it what to do. */
export function asTable(sections: readonly Section[]): string {
  const names = sections.flatMap(({ findings }) => findings.map(({ check }) => CHECKS[check]));
  const width = Math.max(...names.map(({ length }) => length));
  const indent = ' '.repeat(2 + 9);
  const blocks = sections.map(({ id, url, findings }) => {
    const rows = findings.flatMap(({ check, result, found, fix }) => [
      `  ${WORDS[result].padEnd(9)}${CHECKS[check].padEnd(width + 2)}${oneLine(found)}`,
      ...(fix === undefined ? [] : [`${indent}fix: ${oneLine(fix)}`]),
    ]);
    return [`${id}  ${url}`, ...rows].join('\n');
  });
  const failures = sections.flatMap(({ findings }) => findings.filter(({ result }) => result === 'failed'));
  const summary =
    failures.length === 0
      ? 'Nothing is wrong.'
      : `${failures.length} of the checks failed; each says how to mend it.`;
  return [...blocks, summary].join('\n\n');
}

/** The same for programs. */
export function asJson(sections: readonly Section[]): string {
  return JSON.stringify({ healthy: isHealthy(sections), sections }, undefined, 2);
}

/** What a server said may hold anything: nothing of it may steer the terminal. */
const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500);
