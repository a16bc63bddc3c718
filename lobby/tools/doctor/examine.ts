import { randomInt } from 'node:crypto';
import { newRoomName } from '../../../shared/roomName';
import { checkBridges } from './bridges';
import { CHECKS, type Check, type Finding, skipped } from './finding';
import type { Patient } from './patient';
import { tryTokens } from './tokenTrials';
import { checkHostName, checkTls, readDeployment } from './webServer';
import { checkGuests, findXmppServer } from './xmppServer';

/**
 * Examines a deployment from outside, as a client would: every check of {@link CHECKS} has a finding, and one that
 * cannot be made because of another's outcome is `skipped`.
 */
export async function examine(patient: Patient): Promise<Finding[]> {
  const [findings, bridges] = await Promise.all([findingsOf(patient), checkBridges(patient.bridges)]);
  findings.push(bridges);
  const order = Object.keys(CHECKS) as Check[];
  const seen = new Set(findings.map(({ check }) => check));
  const rest = order.filter((check) => !seen.has(check) && check !== 'key-server');
  findings.push(...rest.map((check) => skipped(check, 'nothing to try it on, see above')));
  return findings.sort((one, other) => order.indexOf(one.check) - order.indexOf(other.check));
}

/** One after the other: Prosody slows down an address that logs in more than a few times a second. */
async function findingsOf(patient: Patient): Promise<Finding[]> {
  const findings = [await checkHostName(patient)];
  if (hasFailed(findings)) return findings;
  findings.push(await checkTls(patient));
  if (hasFailed(findings)) return findings;

  const { config, findings: read } = await readDeployment(patient);
  findings.push(...read);
  if (config === undefined) return findings;
  const { server, findings: ways } = await findXmppServer(patient, config);
  findings.push(...ways);
  const [way] = server.ways;
  if (way === undefined) return findings;
  const room = newRoomName((bound) => randomInt(bound));
  findings.push(...(await tryTokens(patient, server, way, room)));
  findings.push(await checkGuests(server, way, room));
  return findings;
}

const hasFailed = (findings: readonly Finding[]) => findings.some(({ result }) => result === 'failed');
