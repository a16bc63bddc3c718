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

/** Reads where the RSA keys are; `undefined` when nothing says so. */
export function readKeySource(given: Given): { value: KeySource | undefined } | { faults: string[] } {
  const faults: string[] = [];
  const set = SOURCES.filter((variable) => variable in given);
  if (set.length > 1) faults.push(`${set.join(' and ')} are both set. Keep one.`);
  const kid = given['JWT_KEY_ID'];
  if (kid !== undefined && !KEY_ID.test(kid))
    faults.push('JWT_KEY_ID takes 1 to 64 printable ASCII characters without a blank.');
  if (kid !== undefined && set.some((variable) => variable !== 'JITSI_RSA_JWT_KEY_FILE'))
    faults.push(`JWT_KEY_ID goes with JITSI_RSA_JWT_KEY_FILE alone; ${set.join()} names its keys itself.`);

  const {
    JITSI_RSA_JWT_KEY_FILE: file,
    JITSI_RSA_JWT_KEY_FILES: list,
    JITSI_RSA_JWT_KEY_DIR: directory,
  } = given;
  const files =
    list === undefined
      ? [{ kid: kid ?? KEY_ID_DEFAULT, file: file ?? '' }]
      : list.split(',').flatMap((entry): KeyFile[] => {
          const [, name, path] = /^([^=]+)=(.+)$/.exec(entry.trim()) ?? [];
          return name !== undefined && path !== undefined && KEY_ID.test(name)
            ? [{ kid: name, file: path }]
            : [];
        });
  if (list !== undefined && files.length !== list.split(',').length) {
    faults.push(
      'JITSI_RSA_JWT_KEY_FILES takes a list of key ids and files, oldest first: k1=/etc/a.pem,k2=/etc/b.pem.',
    );
  }
  if (new Set(files.map((one) => one.kid)).size !== files.length)
    faults.push('JITSI_RSA_JWT_KEY_FILES names a key id twice.');
  if (faults.length > 0) return { faults };
  const [variable] = set;
  if (variable === undefined) return { value: undefined };
  return directory === undefined
    ? { value: { kind: 'files', variable, files } }
    : { value: { kind: 'directory', variable, directory } };
}
