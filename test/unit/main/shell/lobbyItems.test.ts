import { expect, it } from 'vitest';
import { lobbyItems } from '../../../../main/shell/lobbyItems';
import type { ShownSettings } from '../../../../shared/ipc/snapshot';

const [WORK, CLUB] = ['https://lobby.work.example', 'https://lobby.club.example'];

const items = (fixed: Partial<ShownSettings>) => {
  const settings = { lobbies: [WORK, CLUB], lobbyUrl: WORK, locked: [], overridden: [], ...fixed };
  return lobbyItems(settings as unknown as ShownSettings, () => undefined)
    .filter(({ type }) => type !== 'separator')
    .map(({ label, enabled = true }) => [label, enabled]);
};

it('offers every lobby', () => {
  expect(items({})).toEqual([
    ['lobby.work.example', true],
    ['lobby.club.example', true],
    ['Add or change lobbies…', true],
  ]);
});

it.each([
  ['Set by your organisation', { locked: ['lobbyUrl'] }],
  ['Set by the environment for this run', { overridden: ['lobbyUrl'] }],
] as const)('says why there is no choice: %s', (why, fixed) => {
  expect(items(fixed)).toEqual([
    [why, false],
    ['lobby.work.example', true],
    ['lobby.club.example', false],
    ['Add or change lobbies…', true],
  ]);
});
