// @ts-check
/**
 * Puts what is new in this version where electron-builder looks for it: it goes into `latest*.yml`, and Parley shows it
 * before it loads the version.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './appBuild.mjs';
import { notesOf } from './changelog.mjs';
import { runScript, tell } from './launch.mjs';

await runScript(() => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const file = path.join(ROOT, 'build/release-notes.md');
  writeFileSync(file, `${notesOf(readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8'), version)}\n`);
  tell(file);
  return Promise.resolve(0);
});
