import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overrideParameters, readOverrides } from '../../../../shared/jitsi/configOverrides';

describe('overrides of a deployment’s config.js', () => {
  it('are taken under the names that Jitsi takes from an address, and what lies below them', () => {
    const written = {
      disablePolls: true,
      toolbarButtons: ['chat', 'hangup'],
      toolbarConfig: { alwaysVisible: true, timeout: 4000 },
      'p2p.enabled': false,
      subject: 'Pairing',
    };
    expect(readOverrides(written)).toEqual({
      overrides: {
        disablePolls: true,
        toolbarButtons: ['chat', 'hangup'],
        'toolbarConfig.alwaysVisible': true,
        'toolbarConfig.timeout': 4000,
        'p2p.enabled': false,
        subject: 'Pairing',
      },
      refused: [],
    });
  });

  it.each([
    [{ p2p: { enabled: true, stunServers: [] } }, 'p2p.stunServers', { 'p2p.enabled': true }],
    [{ hosts: { domain: 'evil.example' }, disablePolls: true }, 'hosts.domain', { disablePolls: true }],
    [{ bosh: '//evil.example', stereo: true }, 'bosh', { stereo: true }],
    [{ 'testing.a b': 1 }, 'testing.a b', {}],
    [JSON.parse('{"testing":{"__proto__":{"x":1}}}') as object, 'testing.__proto__.x', {}],
    [{ testing: { constructor: 1 } }, 'testing.constructor', {}],
    [{ 'disablePolls&jwt': 1 }, 'disablePolls&jwt', {}],
    [{ '': 1 }, '', {}],
  ])('%j costs nothing else', (written, name, overrides) => {
    expect(readOverrides(written as Record<string, unknown>)).toEqual({
      overrides,
      refused: [{ name, because: 'unknown' }],
    });
  });

  it.each([
    ['prejoinConfig', { enabled: true }, 'prejoinConfig.enabled'],
    ['startWithAudioMuted', false, 'startWithAudioMuted'],
    ['startScreenSharing', true, 'startScreenSharing'],
    ['iAmRecorder', true, 'iAmRecorder'],
    ['useHostPageLocalStorage', true, 'useHostPageLocalStorage'],
  ])('leave alone what Parley sets itself: %s', (name, value, refused) => {
    expect(readOverrides({ [name]: value })).toEqual({
      overrides: {},
      refused: [{ name: refused, because: 'own' }],
    });
  });

  it('are no longer than an address should be, and not nested without end', () => {
    expect(readOverrides({ subject: 'x'.repeat(2_000) }).refused).toEqual([
      { name: 'subject', because: 'too-long' },
    ]);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_one, index) => [`flags.f${index}`, true]));
    expect(readOverrides(many).refused).toEqual([{ name: 'flags.f100', because: 'too-long' }]);
    const deep = JSON.parse(`${'{"testing":'.repeat(20_000)}1${'}'.repeat(20_000)}`) as object;
    expect(readOverrides(deep as Record<string, unknown>)).toMatchObject({
      overrides: {},
      refused: [{ because: 'unknown' }],
    });
  });

  it('stand in the hash as the page reads them, whatever is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (written, subject) => {
        const { overrides } = readOverrides({
          ...written,
          ...(subject === null ? {} : { flags: { a: subject } }),
        });
        for (const parameter of overrideParameters(overrides)) {
          expect(parameter).toMatch(/^config\.[\w.]+=[\w.%!~*'()-]+$/);
          const [name = '', value = ''] = parameter.replace('config.', '').split('=');
          expect(JSON.parse(decodeURIComponent(value))).toEqual(JSON.parse(JSON.stringify(overrides[name])));
        }
      }),
    );
  });
});
