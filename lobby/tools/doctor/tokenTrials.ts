import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { RoomName } from '../../../shared/roomName';
import { type XmppSession, enterRoom } from '../xmpp/login';
import { type Check, type Finding, failed, ok, skipped, warning } from './finding';
import type { Patient } from './patient';
import { refusedTokenFix } from './refusedTokenFix';
import { KEY_FETCH_MS, type Way, type XmppServer, logInBy } from './xmppServer';

/** So long ago the expired token ended, seconds: no clock is that wrong. */
const EXPIRED_S = 3600;
/** Prosody's own words when only Jicofo may open a room (mod_muc, `restrict_room_creation`); the token was fine then. */
const CREATION_RESTRICTED = /creation is restricted/i;

/** A token that must not open the door, made of one that would by changing a single thing. */
const BAD_TOKENS: {
  check: Check;
  spoil: (patient: Patient, room: RoomName, good: string) => Promise<string> | string;
  fix: string;
}[] = [
  {
    check: 'expired-token',
    spoil: ({ issue, tokenTtl }, room) => issue(room, new Date(Date.now() - (tokenTtl + EXPIRED_S) * 1000)),
    fix: "set the clock of Prosody's machine right, and update jitsi-meet-tokens: it does not look at exp",
  },
  {
    check: 'other-key',
    spoil: (_patient, _room, good) => signedAnew(good),
    fix:
      'nobody checks signatures: set authentication = "token" in the virtual host, remove plugins that stand in for ' +
      "Jitsi's mod_auth_token, and restart Prosody",
  },
  {
    check: 'unsigned',
    spoil: (_patient, _room, good) => unsigned(good),
    fix: 'update jitsi-meet-tokens and luajwtjitsi (3.0 or newer), and restart Prosody: it takes "alg": "none"',
  },
];

/** Tries a good token, then such as must be refused. */
export async function tryTokens(
  patient: Patient,
  server: XmppServer,
  way: Way,
  room: RoomName,
): Promise<Finding[]> {
  const good = await patient.issue(room, new Date());
  const findings = await tryGoodToken(patient, server, room, good);
  const withoutToken = await tryNoToken(server, way, room);
  findings.push(withoutToken);
  const goodWorks = findings.some(({ check, result }) => check === 'good-token' && result === 'ok');
  for (const { check, spoil, fix } of BAD_TOKENS) {
    if (!goodWorks) {
      findings.push(skipped(check, 'says nothing while a good token is refused as well'));
      continue;
    }
    const outcome = await logInBy(way, server, { room, token: await spoil(patient, room, good) });
    if (outcome.kind === 'let-in') {
      await outcome.session.connection.close();
      findings.push(
        withoutToken.result === 'failed'
          ? failed(check, 'let in, as without a token', 'mend "no token" first: it may be the same')
          : failed(check, 'let in', fix),
      );
    } else if (outcome.kind === 'refused') {
      findings.push(ok(check, `refused: ${outcome.message || outcome.condition}`));
    } else {
      const found = outcome.kind === 'fault' ? outcome.fault.message : 'no anonymous login';
      findings.push(warning(check, `neither let in nor refused: ${found}`, "see Prosody's log"));
    }
  }
  return findings;
}

async function tryNoToken(server: XmppServer, way: Way, room: RoomName): Promise<Finding> {
  const outcome = await logInBy(way, server, { room });
  switch (outcome.kind) {
    case 'let-in':
      await outcome.session.connection.close();
      return failed(
        'no-token',
        'let in: the deployment is open to everyone',
        'set allow_empty_token = false (docker-jitsi-meet: JWT_ALLOW_EMPTY=0) and authentication = "token" ' +
          '(docker-jitsi-meet: ENABLE_AUTH=1, AUTH_TYPE=jwt), and restart Prosody',
      );
    case 'refused':
      return ok('no-token', `refused: ${outcome.message || outcome.condition}`);
    case 'no-anonymous':
      return ok('no-token', 'refused: no login without a password');
    case 'fault':
      return warning('no-token', `neither let in nor refused: ${outcome.fault.message}`, "see Prosody's log");
  }
}

/** By every way that works: a proxy may pass the token on by one and lose it by the other. */
async function tryGoodToken(
  patient: Patient,
  server: XmppServer,
  room: RoomName,
  token: string,
): Promise<Finding[]> {
  let doors: Finding[] | undefined;
  for (const way of server.ways) {
    const outcome = await logInBy(way, server, { room, token, limit: KEY_FETCH_MS });
    if (outcome.kind !== 'let-in') {
      const { found, fix } = refusedTokenFix(outcome, patient);
      return [
        failed('good-token', `not let in by ${way.transport}: ${found}`, fix),
        ...(doors ?? [
          skipped('door', 'nobody is in to knock'),
          skipped('other-room', 'nobody is in to knock'),
        ]),
      ];
    }
    doors ??= await tryDoors(patient, server, outcome.session, room);
    await outcome.session.connection.close();
  }
  const by = server.ways.map(({ transport }) => transport).join(' and ');
  return [ok('good-token', `let in by ${by}`), ...(doors ?? [])];
}

async function tryDoors(
  { tenant }: Patient,
  { muc, domain }: XmppServer,
  session: XmppSession,
  room: RoomName,
): Promise<Finding[]> {
  const own = await enterRoom(session, `${room}@${muc}`);
  const other = await enterRoom(session, `${room}-elsewhere@${muc}`);
  return [ownDoor(own, muc, domain, tenant), otherDoor(other)];
}

type Door = Awaited<ReturnType<typeof enterRoom>>;

function ownDoor(door: Door, muc: string, domain: string, tenant: string | undefined): Finding {
  if (door.kind === 'entered') return ok('door', "opens for the token's room");
  if (door.kind === 'fault') {
    return failed(
      'door',
      `no answer from ${muc} (${door.fault.message})`,
      `let config.hosts.muc be the Component "…" "muc" of Prosody; if it is, the reason is in Prosody's log`,
    );
  }
  if (CREATION_RESTRICTED.test(door.message)) {
    return ok('door', "takes the token; the room itself is Jicofo's to open");
  }
  const found = `stays shut for the token's own room: ${door.message || door.condition}`;
  const fix =
    tenant === undefined
      ? `let room tokens be made out for ${domain}: JITSI_XMPP_DOMAIN=${domain}`
      : `add "muc_domain_mapper" to modules_enabled of the Component of the rooms (docker-jitsi-meet: ` +
        `ENABLE_SUBDOMAINS=1), and set muc_mapper_domain_base = "${domain}"`;
  return failed('door', found, `${fix}; then see Prosody's log`);
}

const TOKEN_VERIFICATION =
  'add "token_verification" to modules_enabled of the Component of the rooms (docker-jitsi-meet does it with ' +
  'AUTH_TYPE=jwt), and restart Prosody';

function otherDoor(door: Door): Finding {
  if (door.kind === 'entered') {
    return failed('other-room', 'enters any room: a token for one room opens all', TOKEN_VERIFICATION);
  }
  if (door.kind === 'fault') {
    return warning('other-room', `neither let in nor refused: ${door.fault.message}`, "see Prosody's log");
  }
  if (CREATION_RESTRICTED.test(door.message)) {
    return failed(
      'other-room',
      'passes the door: only that the room is not open kept it out',
      TOKEN_VERIFICATION,
    );
  }
  return ok('other-room', `refused: ${door.message || door.condition}`);
}

/** The same header and claims, under a signature of somebody else's, so that only a check of it tells them apart. */
function signedAnew(token: string): string {
  const [head = '', body = ''] = token.split('.');
  const input = `${head}.${body}`;
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string };
  const signature =
    alg === 'HS256'
      ? createHmac('sha256', randomBytes(32)).update(input).digest()
      : sign(
          'RSA-SHA256',
          Buffer.from(input),
          generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
        );
  return `${input}.${signature.toString('base64url')}`;
}

function unsigned(token: string): string {
  const [head = '', body = ''] = token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
  return `${Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url')}.${body}.`;
}
