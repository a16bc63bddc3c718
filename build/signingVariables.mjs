// @ts-check
/**
 * Hands to the steps that follow in a GitHub job what electron-builder signs with, as far as there is any: it takes an
 * empty variable for the name of a file, and Apple's key by its file alone.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runScript } from './launch.mjs';

const { env } = process;

/** @param {string} name @param {string} value of any number of lines */
function give(name, value) {
  const end = `END_OF_${name}`;
  appendFileSync(env['GITHUB_ENV'] ?? '', `${name}<<${end}\n${value.trim()}\n${end}\n`);
}

await runScript(() => {
  for (const name of ['CSC_LINK', 'CSC_KEY_PASSWORD', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER']) {
    const value = env[name] ?? '';
    if (value !== '') give(name, value);
  }
  const key = env['APPLE_API_KEY'] ?? '';
  if (key !== '') {
    const file = path.join(env['RUNNER_TEMP'] ?? '', 'AppleApiKey.p8');
    writeFileSync(file, `${key.trim()}\n`, { mode: 0o600 });
    give('APPLE_API_KEY', file);
  }
  return Promise.resolve(0);
});
