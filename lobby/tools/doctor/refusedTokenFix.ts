import type { LoginOutcome } from '../xmpp/login';
import type { Patient } from './patient';

type NotLetIn = Exclude<LoginOutcome, { kind: 'let-in' }>;

/**
 * What is wrong when a good token is not let in, by the words of Jitsi's plugin (jitsi-meet
 * `prosody-plugins/token/util.lib.lua` and `luajwtjitsi.lib.lua`).
 */
export function refusedTokenFix(outcome: NotLetIn, patient: Patient): { found: string; fix: string } {
  switch (outcome.kind) {
    case 'no-anonymous': {
      const offered = outcome.mechanisms.join(', ') || 'nothing';
      return {
        found: `the server offers ${offered}, no login with a token`,
        fix:
          'set authentication = "token" in the virtual host (docker-jitsi-meet: ENABLE_AUTH=1, AUTH_TYPE=jwt; ' +
          'Debian: apt install jitsi-meet-tokens), and restart Prosody',
      };
    }
    case 'fault':
      return {
        found: outcome.fault.message,
        fix:
          "see Prosody's log: it may be waiting for the key server, or its token plugin has failed; " +
          keyServerFix(patient),
      };
    case 'refused':
      return { found: outcome.message || outcome.condition, fix: wordsFix(outcome.message, patient) };
  }
}

function keyServerFix({ check }: Patient): string {
  return check.alg === 'RS256'
    ? `asap_key_server must be ${check.keyServer} (docker-jitsi-meet: JWT_ASAP_KEYSERVER), and Prosody's machine must reach it`
    : "app_secret must be the lobby's JWT_APP_SECRET, and asap_key_server not be set";
}

function wordsFix(message: string, patient: Patient): string {
  const { appId, check } = patient;
  if (/token required/i.test(message)) {
    return (
      'the token is lost on its way: let the web server pass the query on, as in ' +
      'proxy_pass http://127.0.0.1:5280/xmpp-websocket?prefix=$prefix&$args;'
    );
  }
  if (/public key|kid/i.test(message))
    return `${keyServerFix(patient)}; the check "key server" says what it answers`;
  if (/'iss' claim/i.test(message)) {
    return `set app_id = "${appId}" and asap_accepted_issuers = { "${appId}" } (docker-jitsi-meet: JWT_APP_ID, JWT_ACCEPTED_ISSUERS), or set JWT_APP_ID for the lobby to what Prosody has`;
  }
  if (/'aud' claim/i.test(message)) {
    return `set asap_accepted_audiences = { "${appId}" } (docker-jitsi-meet: JWT_ACCEPTED_AUDIENCES)`;
  }
  if (/\b(exp|nbf)\b/.test(message)) {
    return "set the clock of Prosody's machine right (timedatectl set-ntp true)";
  }
  if (/alg/i.test(message)) {
    return check.alg === 'RS256'
      ? `Prosody expects a shared secret: unset app_secret and set asap_key_server = "${check.keyServer}"`
      : 'Prosody expects a key server: unset asap_key_server and set app_secret';
  }
  if (/signature/i.test(message)) {
    return check.alg === 'RS256'
      ? 'Prosody keeps another key under this id, and keeps it while it runs: restart it; a new key needs a new JWT_KEY_ID'
      : keyServerFix(patient);
  }
  return `see Prosody's log; ${keyServerFix(patient)}`;
}
