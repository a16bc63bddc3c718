import { MAY_BE_EMPTY } from '../../given';
import { isOfSecret } from '../../secretVariable';
import { THREADS_MAX } from '../../tokens/threadPool';
import { lines } from './lines';

/** Where the guide of operators puts the program and its files (docs/operator.md). */
const PROGRAM = '/usr/local/lib/parley-lobby/parley-lobby.cjs';
const FOLDER = '/etc/parley-lobby';

/** Threads of Node.js itself, seven as measured, with room for another version's; and the `kill` of `ExecReload`. */
const OTHER_TASKS = 32;
/** Those of the process that talks with an LDAP directory, eleven as measured, with room likewise. */
const LDAP_TASKS = 16;

/** The lobby's variables, by their beginnings; `NODE_EXTRA_CA_CERTS` is Node's own, for a private authority. */
const OURS = /^(JITSI_|JWT_|LOBBY_|LDAP_|JVB_STATS_URL|REDIS_URL|NODE_EXTRA_CA_CERTS)/;

/**
 * A hardened unit whose settings are those of the environment. Secrets are not printed. `build/lobby/` holds the same
 * unit with its settings in a file.
 */
export function systemdUnit(environment: NodeJS.ProcessEnv): string {
  const given = Object.entries(environment)
    .filter(([name, value]) => OURS.test(name) && (MAY_BE_EMPTY.has(name) || (value ?? '').trim() !== ''))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return unit(
    given.map(([name, value = '']) =>
      isOfSecret(name) === 'secret'
        ? `# ${name} is a secret: put it into a file that parley-lobby can read, and name that by ${name}_FILE.`
        : `Environment=${escaped(`${name}=${value.trim()}`)}`,
    ),
  );
}

/** systemd.exec(5), "Environment=": quoted, with C escapes and `%` doubled. */
const escaped = (text: string) =>
  `"${text
    .replaceAll(/["\\]/g, String.raw`\$&`)
    .replaceAll('%', '%%')
    .replaceAll('\n', String.raw`\n`)}"`;

function unit(settings: readonly string[]): string {
  return lines(
    '# /etc/systemd/system/parley-lobby.service',
    '#   useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin parley-lobby',
    `#   install -d -o parley-lobby -g parley-lobby -m 0750 ${FOLDER}     # the key and the access tokens`,
    '#   systemctl daemon-reload && systemctl enable --now parley-lobby',
    '[Unit]',
    'Description=Parley lobby, signs the way into Jitsi rooms',
    'After=network-online.target',
    'Wants=network-online.target',
    '# 78: impossible settings. Trying again would not help.',
    'StartLimitIntervalSec=60',
    'StartLimitBurst=5',
    '',
    '[Service]',
    'User=parley-lobby',
    'Group=parley-lobby',
    ...settings,
    `ExecStart=/usr/bin/env node ${PROGRAM} serve`,
    'ExecReload=/bin/kill -HUP $MAINPID',
    'Restart=on-failure',
    'RestartPreventExitStatus=78',
    'TimeoutStopSec=15',
    '',
    '# Nothing of the machine but the network and its own files.',
    'UMask=0077',
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
    'AmbientCapabilities=',
    'ProtectSystem=strict',
    'ProtectHome=yes',
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'ProtectClock=yes',
    'ProtectControlGroups=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'ProtectProc=invisible',
    'ProcSubset=pid',
    'PrivateUsers=yes',
    'RemoveIPC=yes',
    'LockPersonality=yes',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallFilter=~@privileged @resources',
    'SystemCallErrorNumber=EPERM',
    '# No MemoryDenyWriteExecute: Node compiles JavaScript while it runs.',
    'LimitNOFILE=65536',
    'MemoryMax=512M',
    `TasksMax=${THREADS_MAX + OTHER_TASKS + LDAP_TASKS}`,
    '# What a process has in memory when it ends badly, keys and passwords, is for no file.',
    'LimitCORE=0',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  );
}
