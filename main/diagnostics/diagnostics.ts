/** What "Copy diagnostics" copies: text that people read before they send it, in English for those who get it. */
import type { Versions } from '../../shared/ipc/commands/about';
import type { CredentialState } from '../../shared/ipc/snapshot';
import { redacted } from './redacted';

export interface Diagnosis {
  at: Date;
  versions: Versions;
  surroundings: Readonly<Record<string, string>>;
  settings: readonly string[];
  credential: CredentialState;
  lastCall: readonly string[];
  /** Lines of the log, each with its end. */
  log: readonly string[];
}

export function diagnosticsText(diagnosis: Diagnosis): string {
  const { at, versions, surroundings, settings, credential, lastCall, log } = diagnosis;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [`Parley diagnostics, ${at.toISOString()}`, named({ ...versions, ...surroundings })],
    ['Settings', settings],
    ['Keychain', [keychainText(credential)]],
    ['Last call', lastCall],
    [`Log, last ${log.length} lines`, log.map((line) => line.trimEnd())],
  ];
  const text = sections.map(([title, lines]) => `${title}\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
  // All of it was made without secrets; lines of the log may be an older version's.
  return redacted(text.join('\n'));
}

const named = (facts: Readonly<Record<string, string>>) =>
  Object.entries(facts).flatMap(([name, fact]) => (fact === '' ? [] : [`${name}: ${fact}`]));

function keychainText(credential: CredentialState): string {
  if (credential.state === 'unchecked') return 'not asked since Parley was started';
  if (credential.state !== 'keychain-unavailable') return credential.state;
  return `unavailable (${credential.fault}), ${credential.heldUntilQuit ? 'held until quit' : 'nothing held'}`;
}
