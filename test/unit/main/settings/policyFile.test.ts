import { expect, it } from 'vitest';
import { policyFilePath, unheardOfPolicy } from '../../../../main/settings/policyFile';

it('is where an administrator writes, and a user does not', () => {
  expect(policyFilePath('linux', { XDG_CONFIG_HOME: '/home/ada/.config' })).toBe(
    '/etc/xdg/parley/config.json',
  );
  expect(policyFilePath('darwin', {})).toBe('/Library/Application Support/parley/config.json');
  expect(policyFilePath('win32', { ProgramData: 'D:\\Data' })).toMatch(/^D:\\Data.parley.config\.json$/);
  expect(policyFilePath('win32', {})).toMatch(/^C:\\ProgramData.parley.config\.json$/);
});

it('says nothing of where programs come from on Windows, where any user may have made its folder', () => {
  expect(unheardOfPolicy('win32')).toEqual(['updateUrl']);
  expect([unheardOfPolicy('linux'), unheardOfPolicy('darwin')]).toEqual([[], []]);
});
