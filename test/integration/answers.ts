/** What holds for every answer of the lobby, whatever it was asked. */
import { expect } from 'vitest';
import { PROBLEM_TYPE_PREFIX, Problem, ProblemCode } from '../../shared/lobbyApi';
import type { LobbyProcess } from '../support/lobbyProcess';
import type { RawAnswer } from '../support/rawHttp';

/** Holds for every answer: a success, a redirect, or a problem document that says the same as the status. */
export function expectAnswer({ status, headers, body }: RawAnswer, hasBody = true): string {
  expect(status).toBeLessThan(500);
  if (status < 400) return 'taken';
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  if (!hasBody) return '';
  const problem = Problem.parse(JSON.parse(body));
  expect(problem.status).toBe(status);
  const code = ProblemCode.parse(problem.type.replace(PROBLEM_TYPE_PREFIX, ''));
  expect(code).not.toBe('internal');
  return code;
}

/** How often a lobby has refused, by its own count: by the code of the problem, without those that were none. */
export async function refusals({ url }: LobbyProcess): Promise<Map<string, number>> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lines = metrics.matchAll(/^parley_requests_refused_total\{problem="([a-z-]+)"\} (\d+)$/gm);
  return new Map([...lines].map(([, code = '', count]) => [code, Number(count)]));
}
