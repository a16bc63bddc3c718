/** A certificate authority of the tests' own, made by OpenSSL. Nothing on this machine trusts it unless told to. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (args: string[]) => promisify(execFile)('openssl', args);

export interface Certificate {
  key: string;
  cert: string;
}

export interface CertificateAuthority {
  /** Its certificate, for `NODE_EXTRA_CA_CERTS`. */
  file: string;
  /** A certificate for 127.0.0.1 and localhost, or for the names given (as in `DNS:a.example.com,IP:127.0.0.1`). */
  issue(options?: { names?: string; expired?: boolean }): Promise<Certificate>;
  remove(): Promise<void>;
}

const DAY_MS = 86_400_000;
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Makes the authority in a directory of its own. */
export async function makeCertificateAuthority(): Promise<CertificateAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-ca-'));
  const path = (name: string) => join(folder, name);
  const file = path('ca.crt');
  // Only "openssl ca" can date a certificate back in every version of OpenSSL 3.
  const settings = [
    '[ca]\ndefault_ca = own',
    `[own]\ndatabase = ${path('index')}\nserial = ${path('serial')}\nnew_certs_dir = ${folder}`,
    'default_md = sha256\npolicy = any\nunique_subject = no\ncopy_extensions = copy',
    '[any]\ncommonName = supplied',
    '[req]\ndistinguished_name = name\n[name]',
  ];
  await Promise.all([
    writeFile(path('settings'), `${settings.join('\n')}\n`),
    writeFile(path('index'), ''),
    writeFile(path('serial'), '01\n'),
  ]);
  const config = ['-config', path('settings')];
  const subject = ['-subj', '/CN=Authority of the tests'];
  const ofAuthority = ['-addext', 'basicConstraints=critical,CA:TRUE', '-days', '2'];
  await openssl([
    ...['req', '-x509', ...config, ...NEW_KEY, ...subject, ...ofAuthority],
    ...['-keyout', path('ca.key'), '-out', file],
  ]);

  let issued = 0;
  return {
    file,
    issue: async ({ names = 'IP:127.0.0.1,DNS:localhost', expired = false } = {}) => {
      issued += 1;
      const [key, request, cert] = ['key', 'csr', 'crt'].map((end) => path(`${issued}.${end}`));
      if (key === undefined || request === undefined || cert === undefined) throw new Error('unreachable');
      await openssl([
        ...['req', '-new', ...config, ...NEW_KEY, '-subj', '/CN=Test', '-addext', `subjectAltName=${names}`],
        ...['-keyout', key, '-out', request],
      ]);
      const [start, end] = expired ? [-3 * DAY_MS, -DAY_MS] : [-DAY_MS, 30 * DAY_MS];
      await openssl([
        ...['ca', ...config, '-batch', '-notext', '-cert', file, '-keyfile', path('ca.key')],
        ...['-startdate', asn1Time(start), '-enddate', asn1Time(end), '-in', request, '-out', cert],
      ]);
      return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** RFC 5280 section 4.1.2.5.2, in whole seconds. */
const asn1Time = (fromNow: number) =>
  new Date(Date.now() + fromNow).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
