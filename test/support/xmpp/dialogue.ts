/**
 * One client's dialogue with a played Prosody, as far as a call's beginning needs it: stream, anonymous login with a
 * token, resource, a room's door. Stricter than Prosody: whatever is not expected ends the stream.
 *
 * Namespaces and order follow RFC 6120 and XEP-0045; what is said to tokens, `../jitsi/tokenRules.ts`.
 */
import { type Stanza, childOf, escapeXml } from '../../../lobby/tools/xmpp/stanza';
import {
  ROOM_MISMATCH,
  type SessionClaims,
  type TokenRules,
  fitsRoom,
  judgeLogin,
} from '../jitsi/tokenRules';

const CLIENT = 'jabber:client';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
const BIND = 'urn:ietf:params:xml:ns:xmpp-bind';
const MUC = 'http://jabber.org/protocol/muc';
const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';
const STREAM_ERRORS = 'urn:ietf:params:xml:ns:xmpp-streams';

/** How a played Prosody is set up. The last four are mistakes that real ones are found with. */
export interface ProsodyRules extends TokenRules {
  muc: string;
  /** A virtual host where everybody may log in. */
  guestDomain?: string | undefined;
  /** One to which streams get no answer at all. */
  silentDomain?: string | undefined;
  /** Only Jicofo may open rooms, as in Jitsi's own configuration. */
  creationRestricted: boolean;
  /** The module `token_verification` is missing. */
  anyRoom: boolean;
  /** Whatever the token says is believed. */
  signaturesUnchecked: boolean;
  /** The end of a token is not looked at. */
  expiryUnchecked: boolean;
}

/** What the address of the connection says. */
export interface Query {
  room: string | null;
  token: string | null;
}

type State = 'new' | 'login' | 'logged-in' | 'bound';

/** What the server answers: elements, and whether the stream ends after them. */
export interface Reply {
  elements: string[];
  ends: boolean;
}

const reply = (...elements: string[]): Reply => ({ elements, ends: false });

export class Dialogue {
  readonly #rules: ProsodyRules;
  readonly #query: Query;
  #state: State = 'new';
  #domain = '';
  #node = '';
  #claims: SessionClaims | undefined;

  constructor(rules: ProsodyRules, query: Query) {
    this.#rules = rules;
    this.#query = query;
  }

  /** The stream's beginning, and its second after the login. */
  open(to: string): Reply {
    if (this.#state === 'new') {
      const { xmppDomain, guestDomain, silentDomain } = this.#rules;
      if (to === silentDomain) return reply();
      if (to !== xmppDomain && to !== guestDomain) return streamError('host-unknown', `does not serve ${to}`);
      this.#domain = to;
      this.#state = 'login';
      return reply(features(`<mechanisms xmlns="${SASL}"><mechanism>ANONYMOUS</mechanism></mechanisms>`));
    }
    if (this.#state !== 'logged-in' || to !== this.#domain) return streamError('policy-violation');
    return reply(features(`<bind xmlns="${BIND}"/>`));
  }

  async receive(stanza: Stanza): Promise<Reply> {
    switch (this.#state) {
      case 'login':
        return this.#logIn(stanza);
      case 'logged-in':
        return this.#bind(stanza);
      case 'bound':
        return this.#present(stanza);
      case 'new':
        return streamError('not-well-formed');
    }
  }

  async #logIn(stanza: Stanza): Promise<Reply> {
    if (
      stanza.name !== 'auth' ||
      stanza.namespace !== SASL ||
      stanza.attributes['mechanism'] !== 'ANONYMOUS'
    ) {
      return streamError('policy-violation', 'log in first');
    }
    // As Jitsi's nginx and plugins expect it: without a room there is no session.
    if (this.#query.room === null) return streamError('policy-violation', 'no room in the query');
    if (this.#domain !== this.#rules.guestDomain) {
      const token = this.#query.token ?? undefined;
      const verdict = await judgeLogin(token, this.#lenient(token));
      if (verdict.kind === 'unanswered') return reply();
      if (verdict.kind === 'refused' && !this.#overlooks(verdict.message)) {
        const text = escapeXml(verdict.message);
        return reply(`<failure xmlns="${SASL}"><not-allowed/><text>${text}</text></failure>`);
      }
      this.#claims = verdict.kind === 'let-in' ? verdict.claims : claimsOf(token);
    }
    this.#node = crypto.randomUUID();
    this.#state = 'logged-in';
    return reply(`<success xmlns="${SASL}"/>`);
  }

  #lenient(token: string | undefined): TokenRules {
    if (!this.#rules.expiryUnchecked || token === undefined) return this.#rules;
    const payload = payloadOf(token);
    return { ...this.#rules, now: () => Number(payload['iat']) * 1000 };
  }

  #overlooks(message: string): boolean {
    return (
      this.#rules.signaturesUnchecked &&
      /^(Invalid signature|Invalid token|Invalid or incorrect alg)$/.test(message)
    );
  }

  #bind(stanza: Stanza): Reply {
    const { id, type } = stanza.attributes;
    if (stanza.name !== 'iq' || stanza.namespace !== CLIENT || type !== 'set' || id === undefined) {
      return streamError('policy-violation', 'bind a resource first');
    }
    if (!childOf(stanza, 'bind', BIND)) return streamError('policy-violation', 'bind a resource first');
    this.#state = 'bound';
    const jid = `<jid>${this.#address()}</jid>`;
    // News of the server's own come first: mod_jiconop sends such as soon as somebody is in.
    return reply(
      `<message xmlns="${CLIENT}" from="${this.#domain}"><services xmlns="http://jitsi.org/jitmeet"/></message>`,
      `<iq xmlns="${CLIENT}" type="result" id="${escapeXml(id)}"><bind xmlns="${BIND}">${jid}</bind></iq>`,
    );
  }

  #present(stanza: Stanza): Reply {
    const { to = '', type } = stanza.attributes;
    const [address = '', nick = ''] = to.split('/');
    const [room = '', muc] = address.split('@');
    if (stanza.name !== 'presence' || stanza.namespace !== CLIENT || muc !== this.#rules.muc) {
      return reply(refusal(to, this.#address(), 'remote-server-not-found', 'No such component'));
    }
    if (type === 'unavailable') return reply();
    if (!childOf(stanza, 'x', MUC) || !this.#node.startsWith(nick) || nick === '') {
      return reply(refusal(to, this.#address(), 'not-acceptable', 'Nickname does not fit'));
    }
    const { anyRoom, creationRestricted } = this.#rules;
    if (!anyRoom && this.#claims && !fitsRoom(this.#claims, room, this.#rules)) {
      return reply(refusal(to, this.#address(), 'not-allowed', ROOM_MISMATCH));
    }
    if (creationRestricted) {
      return reply(refusal(to, this.#address(), 'not-allowed', 'Room creation is restricted'));
    }
    return reply(
      `<presence xmlns="${CLIENT}" from="${to}" to="${this.#address()}"><x xmlns="${MUC}#user"/></presence>`,
    );
  }

  #address(): string {
    return `${this.#node}@${this.#domain}/resource`;
  }
}

const features = (inside: string) =>
  `<stream:features xmlns:stream="http://etherx.jabber.org/streams">${inside}</stream:features>`;

function refusal(from: string, to: string, condition: string, text: string): string {
  return (
    `<presence xmlns="${CLIENT}" from="${escapeXml(from)}" to="${to}" type="error"><error type="cancel">` +
    `<${condition} xmlns="${STANZAS}"/><text xmlns="${STANZAS}">${text}</text></error></presence>`
  );
}

function streamError(condition: string, text = ''): Reply {
  const words = text === '' ? '' : `<text xmlns="${STREAM_ERRORS}">${escapeXml(text)}</text>`;
  const error = `<${condition} xmlns="${STREAM_ERRORS}"/>${words}`;
  return {
    elements: [`<stream:error xmlns:stream="http://etherx.jabber.org/streams">${error}</stream:error>`],
    ends: true,
  };
}

function payloadOf(token: string): Record<string, unknown> {
  const part = token.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

/** What a Prosody that checks nothing makes of a token. */
function claimsOf(token: string | undefined): SessionClaims | undefined {
  if (token === undefined) return undefined;
  const { room, sub } = payloadOf(token);
  return { room: String(room), sub: String(sub) };
}
