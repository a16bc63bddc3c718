import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATIONS } from '../../lobby/openapi/operations';
import { ProblemCode } from '../../shared/lobbyApi';
import { type LobbyProcess, startLobby } from '../support/lobbyProcess';

interface Document {
  openapi: string;
  info: { version: string };
  servers: { url: string }[];
  paths: Record<
    string,
    Record<string, { operationId?: string; parameters?: { name: string }[]; responses: object }>
  >;
  components: { schemas: Record<string, unknown> };
}

let lobby: LobbyProcess;
let text: string;
let document: Document;

beforeAll(async () => {
  lobby = await startLobby({
    jitsiUrl: 'https://meet.example.com',
    env: { LOBBY_PUBLIC_URL: 'https://lobby.example.com' },
  });
  const response = await fetch(`${lobby.url}/api/v1/openapi.json`);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  text = await response.text();
  document = JSON.parse(text) as Document;
});
afterAll(() => lobby.stop());

it('is OpenAPI 3.1 in the eyes of others, and every reference in it leads somewhere', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(text) as Record<string, unknown>)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
  expect(text).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/)/);
});

it('is about this version at its public address', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect(document.info.version).toBe(version);
  expect(document.servers).toEqual([{ url: 'https://lobby.example.com' }]);
});

it('describes every route that the lobby has, and no other', () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, parameters = [] }]) => {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, parameters.map(({ name }) => name)]).toEqual([path, inPath]);
      // A route without an entry in lobby/openapi/operations.ts has no id.
      return `${operationId} ${method.toUpperCase()} ${path}`;
    }),
  );
  const entries = Object.entries(OPERATIONS).map(
    ([route, { id }]) => `${id} ${route.replace(/:(\w+)/g, '{$1}')}`,
  );
  expect(described.sort()).toEqual(entries.sort());
  expect(new Set(described.map((operation) => operation.split(' ')[0])).size).toBe(described.length);
});

it('names refusals that there are, and each but the general ones somewhere', () => {
  const named = new Set([...text.matchAll(/urn:parley:problem:([a-z-]+)/g)].map(([, code]) => code));
  const general = ['method-not-allowed', 'internal'];
  const known = ProblemCode.options.filter((code) => !general.includes(code));
  expect([...named].sort()).toEqual([...known].sort());
});
