import { expect, it } from 'vitest';
import { updateWords } from '../../../renderer/updateWords';
import type { UpdateFault } from '../../../shared/updates';

const offer = { version: '0.3.0', bytes: 85_250_000, notes: '' };

it('says how much would be loaded, and that the line is metered', () => {
  const words = (cost: 'unknown' | 'metered') => updateWords({ step: 'offered', offer, by: 'parley', cost });
  expect(words('unknown')).toBe('Parley 0.3.0 is available. The download has 85.3 MB.');
  expect(words('metered')).toBe(
    'Parley 0.3.0 is available. The download has 85.3 MB. Your connection is metered.',
  );
});

it('leaves it to others where they have installed Parley', () => {
  expect(updateWords({ step: 'offered', offer, by: 'system', cost: 'free' })).toBe(
    'Parley 0.3.0 is available. Install it the way this one was installed, such as by your system’s package manager.',
  );
});

/** Every fault there is: the compiler asks for each. */
const faults: { [Code in UpdateFault['code']]: Omit<Extract<UpdateFault, { code: Code }>, 'code'> } = {
  network: { network: 'refused' },
  timeout: {},
  refused: { status: 404 },
  'not-a-feed': {},
  'not-for-this-system': {},
  untrusted: {},
  damaged: {},
  failed: { detail: 'disk full' },
};

it.each(Object.entries(faults))('says what is wrong: %s', (code, rest) => {
  const fault = { code, ...rest } as UpdateFault;
  const words = updateWords({ step: 'failed', fault, host: 'updates.example.com' });
  expect(words).toMatch(code === 'failed' ? /disk full/ : /updates\.example\.com/);
  expect(words).not.toMatch(/[{}]/);
});
