import { type Stats, statSync } from 'node:fs';
import type { Given } from '../given';

/** Where the RSA keys are. */
export type KeySource =
  /** Named by the settings, oldest first; the last one signs. */
  | { kind: 'files'; variable: string; files: readonly KeyFile[] }
  /** Made by `keygen --rotate`, with an index beside them. */
  | { kind: 'directory'; variable: string; directory: string };

export interface KeyFile {
  kid: string;
  file: string;
}

const KEY_ID_DEFAULT = 'CWMKey';
const KEY_ID = /^[\x21-\x7e]{1,64}$/;
const SOURCES = ['JITSI_RSA_JWT_KEY_FILE', 'JITSI_RSA_JWT_KEY_FILES', 'JITSI_RSA_JWT_KEY_DIR'] as const;

/**
 * Reads where the RSA keys are; `undefined` when nothing says so. `JITSI_RSA_JWT_KEY_FILE` takes any form: a file, a list
 * as `JITSI_RSA_JWT_KEY_FILES` does, or a directory as `JITSI_RSA_JWT_KEY_DIR` does.
 */
export function readKeySource(given: Given): { value: KeySource | undefined } | { faults: string[] } {
  const faults: string[] = [];
  const set = SOURCES.filter((variable) => variable in given);
  if (set.length > 1) faults.push(`${set.join(' and ')} are both set. Keep one.`);
  const kid = given['JWT_KEY_ID'];
  if (kid !== undefined && !KEY_ID.test(kid))
    faults.push('JWT_KEY_ID takes 1 to 64 printable ASCII characters without a blank.');
  const [variable] = set;
  if (variable === undefined) return faults.length > 0 ? { faults } : { value: undefined };

  const text = given[variable] ?? '';
  const form = formOf(variable, text);
  if (kid !== undefined && form !== 'file')
    faults.push(`JWT_KEY_ID is the id of a single key file; ${variable} names its keys itself.`);
  const files = form === 'list' ? listedFiles(text) : [{ kid: kid ?? KEY_ID_DEFAULT, file: text }];
  if (files === undefined)
    faults.push(`${variable} takes a list of key ids and files, oldest first: k1=/etc/a.pem,k2=/etc/b.pem.`);
  else if (new Set(files.map((one) => one.kid)).size !== files.length)
    faults.push(`${variable} names a key id twice.`);
  if (faults.length > 0 || files === undefined) return { faults };
  return form === 'directory'
    ? { value: { kind: 'directory', variable, directory: text } }
    : { value: { kind: 'files', variable, files } };
}

function formOf(variable: (typeof SOURCES)[number], text: string): 'file' | 'list' | 'directory' {
  if (variable === 'JITSI_RSA_JWT_KEY_FILES') return 'list';
  if (variable === 'JITSI_RSA_JWT_KEY_DIR') return 'directory';
  const there = statOf(text);
  if (there !== undefined) return there.isDirectory() ? 'directory' : 'file';
  if (text.endsWith('/')) return 'directory';
  // A path that is not there yet may hold "=" as well, in one of its folders.
  return /^[^/\\=]+=/.test(text) ? 'list' : 'file';
}

function listedFiles(text: string): KeyFile[] | undefined {
  const entries = text.split(',');
  const files = entries.flatMap((entry): KeyFile[] => {
    const [, kid, file] = /^([^=]+)=(.+)$/.exec(entry.trim()) ?? [];
    return kid !== undefined && file !== undefined && KEY_ID.test(kid) ? [{ kid, file }] : [];
  });
  return files.length === entries.length ? files : undefined;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    // Why it cannot be had is told where the key is read.
    return undefined;
  }
}
