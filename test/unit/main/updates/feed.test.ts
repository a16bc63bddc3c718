import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFeed } from '../../../../main/updates/feed';
import { feedOf, sha512 } from '../../../support/updateServer';

const content = Buffer.from('a release');
const release = { version: '0.3.0', content, notes: 'Clearer calls.' };
const said = (changes: object) => ({ ...(parse(feedOf(release)) as object), ...changes });
const file = (changes: object) => ({
  files: [{ url: 'a.AppImage', sha512: sha512(content), size: 9, ...changes }],
});
const read = (feed: unknown, platform: NodeJS.Platform = 'linux') => readFeed(feed, platform, 'x64');
const notAFeed = { ok: false, fault: { code: 'not-a-feed' } };

it('finds this system’s file in a feed', () => {
  expect(read(said({}))).toEqual({
    ok: true,
    release: {
      version: '0.3.0',
      file: { url: 'parley-0.3.0-linux-x86_64.AppImage', sha512: sha512(content), size: content.length },
      notes: 'Clearer calls.',
      minimumSystemVersion: undefined,
    },
  });
});

it.each([
  ['linux', 'parley-x64.AppImage'],
  ['win32', 'parley-x64.exe'],
  ['darwin', 'parley-x64.zip'],
  ['freebsd', undefined],
] as const)('takes on %s %s', (platform, url) => {
  const names = ['AppImage', 'deb', 'rpm', 'exe', 'zip', 'dmg'].flatMap((kind) => [
    `parley-arm64.${kind}`,
    `parley-x64.${kind}`,
  ]);
  const files = names.map((name) => ({ url: name, sha512: sha512(content), size: 9 }));
  const result = read(said({ files }), platform);
  expect(result.ok && result.release.file?.url).toBe(url);
});

it('takes none when there is none for the system', () => {
  expect(read(said({}), 'win32')).toMatchObject({ ok: true, release: { file: undefined } });
});

describe('refuses', () => {
  it.each([
    ['a text', 'version'],
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['no version', said({ version: undefined })],
    ['a version that is none', said({ version: 'latest' })],
    ['a path as version', said({ version: '../../1.0.0' })],
    ['a huge version', said({ version: `1.0.0-${'a'.repeat(60)}` })],
    ['no files', said({ files: [] })],
    ['hundreds of files', said({ files: Array<object>(31).fill(file({}).files[0] ?? {}) })],
    ['a file without checksum', said(file({ sha512: undefined, sha2: 'abc' }))],
    ['a checksum that is none', said(file({ sha512: 'abc' }))],
    ['a file without size', said(file({ size: undefined }))],
    ['a negative size', said(file({ size: -1 }))],
    ['a size beyond all sense', said(file({ size: 2_000_000_000 }))],
    ['an endless size', said(file({ size: Infinity }))],
    ['notes that are a number', said({ releaseNotes: 7 })],
  ])('%s', (_what, feed) => {
    expect(read(feed)).toEqual(notAFeed);
  });
});

it.each([
  ['one text', 'Clearer\r\ncalls.', 'Clearer\ncalls.'],
  ['markup, as it stands', '<b>Clearer</b>', '<b>Clearer</b>'],
  [
    'several texts',
    [{ version: '0.3.0', note: 'One.' }, { note: null }, { note: 'Two.' }],
    'One.\n\n\n\nTwo.',
  ],
  ['without orders to terminals and to text direction', 'a\u001b[31mb\u202ec', 'a[31mbc'],
  ['at most so long', 'a'.repeat(5000), `${'a'.repeat(4000)}…`],
  ['none', null, ''],
])('reads notes: %s', (_what, releaseNotes, notes) => {
  expect(read(said({ releaseNotes }))).toMatchObject({ ok: true, release: { notes } });
});
