import { expect, it } from 'vitest';
import { firstSteps } from '../../../lobby/firstSteps';
import { programName } from '../../../lobby/programName';
import { REQUIRED } from '../../../lobby/settings';

it('puts what to set in order, a command each', () => {
  const text = firstSteps(REQUIRED, 'parley-lobby');
  const commands = text.split('\n').filter((line) => line.startsWith('       '));
  expect(text).toMatch(/^Nothing is set yet\./);
  expect(commands.map((line) => line.trim())).toEqual([
    'export JITSI_URL=https://meet.example.com',
    'export JITSI_RSA_JWT_KEY_FILE="$HOME/parley-lobby-key.pem"',
    'parley-lobby keygen "$JITSI_RSA_JWT_KEY_FILE"',
    'export LOBBY_ACCESS_TOKENS_FILE="$HOME/parley-access-tokens.json"',
    'parley-lobby token add alice',
    'parley-lobby serve',
  ]);
});

it('leaves out what is set', () => {
  const text = firstSteps(['LOBBY_ACCESS_TOKENS_FILE'], 'parley-lobby');
  expect(text).toMatch(/^Not set: LOBBY_ACCESS_TOKENS_FILE\./);
  expect(text).not.toContain('keygen');
});

it.each([
  [['node', '/usr/bin/parley-lobby'], {}, 'parley-lobby'],
  [['node', '/opt/p/parley-lobby.cjs'], {}, 'node /opt/p/parley-lobby.cjs'],
  [['node', '/opt/my p/parley-lobby.cjs'], {}, "node '/opt/my p/parley-lobby.cjs'"],
  [['node', '/src/build/lobby.mjs'], { npm_lifecycle_event: 'lobby' }, 'npm run --silent lobby --'],
])('is called %j as %j says', (argv, environment, name) => {
  expect(programName(argv, environment)).toBe(name);
});
