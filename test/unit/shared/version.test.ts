import { expect, it } from 'vitest';
import { isLaterVersion } from '../../../shared/version';

it.each([
  ['0.2.0', '0.1.0', true],
  ['0.10.0', '0.9.9', true],
  ['1.0.0', '0.99.99', true],
  ['0.1.10', '0.1.9', true],
  ['0.1.0', '0.1.0', false],
  ['0.1.0', '0.2.0', false],
  ['0.2.0-beta.1', '0.1.0', true],
  ['0.2.0-beta.1', '0.2.0', false],
  ['0.2.0', '0.2.0-beta.1', false],
  ['', '0.1.0', false],
  ['0.1.0', '', true],
  ['9', '0.1.0', false],
  ['9.9.9.9', '0.1.0', false],
])('%j is later than %j: %s', (one, other, later) => {
  expect(isLaterVersion(one, other)).toBe(later);
});
