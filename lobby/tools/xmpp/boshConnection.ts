import { randomInt } from 'node:crypto';
import { boundedText } from '../../../shared/boundedAnswer';
import { causeOf } from '../http';
import {
  type ConnectionOptions,
  NS,
  type XmppConnection,
  XmppFault,
  featuresOf,
  streamErrorOf,
} from './connection';
import { type Stanza, escapeXml, parseStanza } from './stanza';

/** Longest answer, bytes. */
const ANSWER_MAX = 262_144;
/** How long the server may hold a request that it has no answer to, seconds (XEP-0124 section 7.1). */
const WAIT_S = 5;
/** Request ids start anywhere below this, so that they stay below 2^53 (XEP-0124 section 7.1). */
const RID_START_MAX = 2 ** 31;

/** XMPP over BOSH (XEP-0124, XEP-0206), one request at a time. */
export class BoshConnection implements XmppConnection {
  readonly #options: ConnectionOptions;
  readonly #arrived: Stanza[] = [];
  #rid = randomInt(RID_START_MAX);
  #sid: string | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  async open(): Promise<Stanza> {
    const to = escapeXml(this.#options.domain);
    const body = await this.#post(
      `to="${to}" xml:lang="en" wait="${WAIT_S}" hold="1" ver="1.6" content="text/xml; charset=utf-8" ` +
        `xmpp:version="1.0" xmlns:xmpp="${NS.xbosh}"`,
    );
    this.#sid = body.attributes['sid'];
    if (this.#sid === undefined) throw new XmppFault('not-xmpp', 'it opened no session');
    return featuresOf(await this.receive());
  }

  async restart(): Promise<Stanza> {
    const to = escapeXml(this.#options.domain);
    await this.#post(`to="${to}" xml:lang="en" xmpp:restart="true" xmlns:xmpp="${NS.xbosh}"`);
    return featuresOf(await this.receive());
  }

  async send(xml: string): Promise<void> {
    await this.#post('', xml);
  }

  async receive(): Promise<Stanza> {
    for (;;) {
      const stanza = this.#arrived.shift();
      if (stanza !== undefined) {
        const error = streamErrorOf(stanza);
        if (error !== undefined) throw error;
        return stanza;
      }
      await this.#post('');
    }
  }

  async close(): Promise<void> {
    if (this.#sid === undefined) return;
    await this.#post('type="terminate"').catch(() => undefined);
  }

  async #post(attributes: string, xml = ''): Promise<Stanza> {
    this.#rid += 1;
    const session = this.#sid === undefined ? '' : ` sid="${escapeXml(this.#sid)}"`;
    const request = `<body rid="${this.#rid}"${session} ${attributes} xmlns="${NS.bosh}">${xml}</body>`;
    const body = parseStanza(await this.#exchange(request));
    if (body?.name !== 'body' || body.namespace !== NS.bosh) {
      throw new XmppFault('not-xmpp', 'it answered with something else than BOSH');
    }
    this.#arrived.push(...body.children);
    if (body.attributes['type'] === 'terminate' && body.children.length === 0) {
      const condition = body.attributes['condition'] ?? 'no condition';
      throw new XmppFault('stream-error', `the stream ended with ${condition}`, condition);
    }
    return body;
  }

  async #exchange(body: string): Promise<string> {
    const { url, origin, signal } = this.#options;
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', origin },
        body,
        redirect: 'manual',
        signal,
      });
      if (response.status === 200) return await boundedText(response, ANSWER_MAX);
    } catch (error) {
      if (signal.aborted) throw new XmppFault('unanswered', 'no answer in time');
      throw new XmppFault('unreachable', causeOf(error));
    }
    await response.body?.cancel();
    throw new XmppFault('http', `it answered ${response.status}`, String(response.status));
  }
}
