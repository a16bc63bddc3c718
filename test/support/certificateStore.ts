/** The store of certificates that Chromium reads on Linux: NSS, in `.pki/nssdb` of a home directory. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificate } from './certificates';

const run = promisify(execFile);

export interface CertificateStore {
  /** What a program needs in its environment to read this store. */
  readonly env: Readonly<Record<string, string>>;
  /** Trusts an authority, as an administrator's tools do. */
  trust(authorityFile: string): Promise<void>;
  /** Puts in a certificate with its key: who the user is. */
  addIdentity(identity: Certificate): Promise<void>;
  remove(): Promise<void>;
}

/** Makes an empty store in a home directory of its own. */
export async function makeCertificateStore(): Promise<CertificateStore> {
  const home = await mkdtemp(join(tmpdir(), 'parley-home-'));
  const folder = join(home, '.pki/nssdb');
  const store = `sql:${folder}`;
  await mkdir(folder, { recursive: true });
  await run('certutil', ['-N', '-d', store, '--empty-password']);
  return {
    env: { HOME: home },
    trust: async (file) => {
      await run('certutil', ['-A', '-d', store, '-n', 'authority', '-t', 'CT,C,C', '-i', file]);
    },
    addIdentity: async ({ key, cert }) => {
      const [pem, bundle] = [join(home, 'identity.pem'), join(home, 'identity.p12')];
      await writeFile(pem, `${cert}\n${key}`);
      await run('openssl', [
        'pkcs12',
        '-export',
        '-in',
        pem,
        '-out',
        bundle,
        '-passout',
        'pass:',
        '-name',
        'me',
      ]);
      await run('pk12util', ['-d', store, '-i', bundle, '-W', '']);
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
