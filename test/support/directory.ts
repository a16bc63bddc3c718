/** A real LDAP directory (OpenLDAP's slapd) with a few people in it, on the loopback interface. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ChildServer, startServer } from './childServer';
import { freePort } from './servers';

const run = promisify(execFile);
export const LDAP_BASE = 'dc=example,dc=com';
export const READER = { dn: `cn=reader,${LDAP_BASE}`, password: 'reader-secret' };

export interface Directory {
  /** `ldap://127.0.0.1:port`; takes StartTLS. */
  url: string;
  /** `ldaps://localhost:port`. */
  secureUrl: string;
  /** The authority that has signed its certificate, as a file. */
  caFile: string;
  /** An authority that has not. */
  otherCaFile: string;
  /** Ends it, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const PEOPLE = [
  { uid: 'ana', cn: 'Ana', displayName: 'Ana Maria', mail: 'ana@example.com', password: 'ana-secret' },
  { uid: 'bob', cn: 'Bob', displayName: undefined, mail: undefined, password: 'bob-secret' },
  { uid: 'twin', cn: 'Twin', displayName: undefined, mail: undefined, password: 'twin-secret', ou: 'east' },
  { uid: 'twin', cn: 'Twin', displayName: undefined, mail: undefined, password: 'twin-secret', ou: 'west' },
  { uid: 'star*)(x', cn: 'Star', displayName: undefined, mail: undefined, password: 'star-secret' },
];

export async function startDirectory(): Promise<Directory> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-slapd-'));
  const [port, securePort] = [await freePort(), await freePort()];
  await mkdir(join(folder, 'data'));
  await Promise.all([makeCertificates(folder, 'own'), makeCertificates(folder, 'other')]);
  await writeFile(join(folder, 'slapd.conf'), configuration(folder));
  await writeFile(join(folder, 'people.ldif'), people());
  const conf = join(folder, 'slapd.conf');
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  await run('slapadd', ['-f', conf, '-l', join(folder, 'people.ldif')], { env });
  const urls = `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${securePort}/`;
  // With a debug level, even of none, it stays in the foreground.
  const server: ChildServer = await startServer('slapd', ['-f', conf, '-h', urls, '-d', '0'], port);
  return {
    url: `ldap://127.0.0.1:${port}`,
    secureUrl: `ldaps://localhost:${securePort}`,
    caFile: join(folder, 'own-ca.pem'),
    otherCaFile: join(folder, 'other-ca.pem'),
    kill: () => server.kill(),
    stop: async () => {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const configuration = (folder: string) => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/slapd.pid
TLSCACertificateFile ${folder}/own-ca.pem
TLSCertificateFile ${folder}/own.pem
TLSCertificateKeyFile ${folder}/own-key.pem
defaultsearchbase "${LDAP_BASE}"
database mdb
suffix "${LDAP_BASE}"
directory ${folder}/data
rootdn "cn=admin,${LDAP_BASE}"
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${READER.dn}" read by * none
`;

function people(): string {
  const entry = (lines: string[]) => `${lines.join('\n')}\n`;
  const reader = [
    `dn: ${READER.dn}`,
    'objectClass: organizationalRole',
    'objectClass: simpleSecurityObject',
    'cn: reader',
    `userPassword: ${READER.password}`,
  ];
  const units = ['people', 'east', 'west'].map((ou) => [
    `dn: ou=${ou},${LDAP_BASE}`,
    'objectClass: organizationalUnit',
    `ou: ${ou}`,
  ]);
  const persons = PEOPLE.map(({ uid, cn, displayName, mail, password, ou = 'people' }) => [
    `dn: cn=${cn},ou=${ou},${LDAP_BASE}`,
    'objectClass: inetOrgPerson',
    `uid: ${uid}`,
    `cn: ${cn}`,
    `sn: ${cn}`,
    ...(displayName === undefined ? [] : [`displayName: ${displayName}`]),
    ...(mail === undefined ? [] : [`mail: ${mail}`]),
    `userPassword: ${password}`,
  ]);
  const top = [
    `dn: ${LDAP_BASE}`,
    'objectClass: dcObject',
    'objectClass: organization',
    'dc: example',
    'o: Example',
  ];
  return [top, reader, ...units, ...persons].map(entry).join('\n');
}

/** An authority and a certificate of its for `localhost`, by openssl. */
async function makeCertificates(folder: string, name: string): Promise<void> {
  const file = (suffix: string) => join(folder, `${name}${suffix}`);
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-sha256'];
  await run('openssl', [
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name} authority`],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'],
    ...['-keyout', file('-ca-key.pem'), '-out', file('-ca.pem')],
  ]);
  await run('openssl', [
    ...['req', ...newKey, '-subj', '/CN=localhost', '-keyout', file('-key.pem'), '-out', file('.csr')],
  ]);
  await writeFile(file('.ext'), 'subjectAltName=DNS:localhost\n');
  await run('openssl', [
    ...['x509', '-req', '-in', file('.csr'), '-CA', file('-ca.pem'), '-CAkey', file('-ca-key.pem')],
    ...['-days', '2', '-sha256', '-extfile', file('.ext'), '-out', file('.pem')],
  ]);
}
