/** What can be seen from outside of the meeting page's XMPP connection: its requests. */
import type { Session } from 'electron';

/**
 * - `opening`: the page opens an XMPP socket;
 * - `open`: the socket is open, or a BOSH request was answered;
 * - `failed`: the socket could not be opened, or a BOSH request came to nothing.
 *
 * That an open socket is cut cannot be seen; that the page then opens another one can (measured on Electron 25: for a
 * WebSocket `onCompleted` comes with 101 at the handshake, `onErrorOccurred` for one that fails, and nothing at its end).
 */
export type XmppSign = 'opening' | 'open' | 'failed';

/** Where Jitsi's web client reaches Prosody (docker-jitsi-meet `web/rootfs/defaults/meet.conf`), below any tenant. */
const SOCKET = '/xmpp-websocket';
const BOSH = '/http-bind';

/** Tells of every XMPP request of a call's session, for as long as there is that session. */
export function watchXmpp({ webRequest }: Session, deployment: URL, onSign: (sign: XmppSign) => void): void {
  const { host } = deployment;
  // The page may reach Prosody under another name of the same machine, which its own config.js gives; paths tell.
  const kindOf = (url: string, resourceType: string) => {
    const { pathname, host: at } = new URL(url);
    if (resourceType === 'webSocket') return pathname.endsWith(SOCKET) ? 'socket' : undefined;
    return pathname.endsWith(BOSH) && at === host ? 'bosh' : undefined;
  };
  // Nothing else is asked for: each file of the page would wait for this process, in which the call's own work is done.
  const sockets = ['ws://*/*', 'wss://*/*'];
  const all = [...sockets, `${deployment.protocol}//${deployment.hostname}/*http-bind*`];
  webRequest.onBeforeRequest({ urls: sockets }, ({ url, resourceType }, proceed) => {
    if (kindOf(url, resourceType) === 'socket') onSign('opening');
    proceed({});
  });
  webRequest.onCompleted({ urls: all }, ({ url, resourceType, statusCode }) => {
    if (kindOf(url, resourceType) !== undefined) onSign(statusCode < 400 ? 'open' : 'failed');
  });
  webRequest.onErrorOccurred({ urls: all }, ({ url, resourceType, error }) => {
    // A request that the page took back itself, as when it leaves, is no trouble of the network.
    if (error !== 'net::ERR_ABORTED' && kindOf(url, resourceType) !== undefined) onSign('failed');
  });
}
