import { expect, it } from 'vitest';
import { policyFileWords, settingsFileWords } from '../../../renderer/fileFaultWords';

const own = { file: '/home/ana/settings.json', keptAs: undefined };
const policy = { file: '/etc/xdg/parley/config.json', keptAs: undefined };

it('says of the user’s own file what is not in force, and where it was kept', () => {
  const keptAs = '/home/ana/settings.json.unreadable';
  expect(settingsFileWords({ ...own, keptAs, partly: false, wrong: [] })).toBe(
    'Your settings file could not be read, so defaults are used. It was kept as /home/ana/settings.json.unreadable.',
  );
  expect(settingsFileWords({ ...own, partly: true, wrong: ['theme', 'lobbies'] })).toBe(
    'Some of your settings could not be read, so defaults are used for those. Not in force: theme, lobbies. /home/ana/settings.json',
  );
  expect(settingsFileWords({ ...own, partly: true, wrong: ['theme'], later: '1.4.0' })).toBe(
    'Some settings are a later Parley’s (1.4.0) and mean nothing to this one. They stay in the file for it. Not in force: theme. /home/ana/settings.json',
  );
});

it('says of policy’s file that it is the organisation’s, what does not apply, and whom to tell', () => {
  expect(policyFileWords({ ...policy, partly: false, wrong: [] })).toBe(
    'Your organisation’s settings could not be read, so none of them apply. Tell whoever administers this computer: the file is /etc/xdg/parley/config.json.',
  );
  expect(policyFileWords({ ...policy, partly: true, wrong: ['theme'] })).toBe(
    'Some of your organisation’s settings could not be read, so those do not apply. Not in force: theme. Tell whoever administers this computer: the file is /etc/xdg/parley/config.json.',
  );
});
