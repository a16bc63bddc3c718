// @ts-check

/**
 * The page's side of the `postis` envelopes: JSON text to `window.parent`, which at top level is the window itself
 * (jitsi-meet `modules/transport/PostMessageTransportBackend.js`). Without an API id there is no scope, and then no
 * command is heard either: stricter than the real page.
 */
export class Postis {
  /** @param {number | undefined} externalApiId */
  constructor(externalApiId) {
    this.scope = externalApiId === undefined ? undefined : `jitsi_meet_external_api_${externalApiId}`;
  }

  ready() {
    this.#post('__ready__', `${Date.now() + Math.random()}`);
  }

  /** @param {string} name @param {Record<string, unknown>} [fields] */
  event(name, fields = {}) {
    this.#post('message', { type: 'event', data: { name, ...fields } });
  }

  /**
   * Hears commands and requests. Our own events come back through the same window; their names are no command's.
   *
   * @param {(name: string, values: unknown[]) => void} onCommand
   * @param {(request: { name: string, type?: unknown }, answer: (result: unknown) => void) => void} onRequest
   */
  listen(onCommand, onRequest) {
    window.addEventListener('message', ({ data }) => {
      const params = this.#read(data);
      if (typeof params?.data?.name !== 'string') return;
      const { type, id } = params;
      const { name, data: values } = params.data;
      if (type === 'event' && Array.isArray(values)) onCommand(name, values);
      if (type === 'request') {
        onRequest(params.data, (result) => this.#post('message', { type: 'response', id, result }));
      }
    });
  }

  /** @param {unknown} text */
  #read(text) {
    if (typeof text !== 'string' || this.scope === undefined) return undefined;
    try {
      const envelope = JSON.parse(text);
      const ours = envelope?.postis === true && envelope.scope === this.scope;
      return ours && envelope.method === 'message' ? envelope.params : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {string} method @param {unknown} params */
  #post(method, params) {
    window.parent.postMessage(JSON.stringify({ postis: true, scope: this.scope, method, params }), '*');
  }
}
