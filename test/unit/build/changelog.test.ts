import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { notesOf } from '../../../build/changelog.mjs';

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- Soon.

## [0.2.0] - 2026-12-01

### Fixed

- A thing.

## [0.1.0]

- First.
`;

it.each([
  ['0.2.0', '### Fixed\n\n- A thing.'],
  ['0.1.0', '- First.'],
  ['0.3.0', '### Added\n\n- Soon.'],
  ['0.2', '### Added\n\n- Soon.'],
])('of %s says what stands there', (version, notes) => {
  expect(notesOf(CHANGELOG, version)).toBe(notes);
});

it('finds something in ours', () => {
  const ours = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8');
  expect(notesOf(ours, '0.1.0')).toContain('- ');
  expect(notesOf('', '0.1.0')).toBe('');
});
