import { expect, it } from 'vitest';
import { networkFaultOf } from '../../../../main/call/networkFault';

it.each([
  ['net::ERR_NAME_NOT_RESOLVED', 'dns'],
  ['ENOTFOUND fetch failed getaddrinfo ENOTFOUND lobby.invalid', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ERR_ICANN_NAME_COLLISION', 'dns'],
  ['net::ERR_CONNECTION_REFUSED', 'refused'],
  ['fetch failed connect ECONNREFUSED 127.0.0.1:1', 'refused'],
  ['net::ERR_CERT_AUTHORITY_INVALID', 'tls'],
  ['net::ERR_CERT_DATE_INVALID', 'tls'],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT self-signed certificate', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
  ['net::ERR_NETWORK_CHANGED', 'offline'],
  ['connect ENETUNREACH', 'offline'],
  ['net::ERR_CONNECTION_RESET', 'reset'],
  ['net::ERR_CONNECTION_CLOSED', 'reset'],
  ['net::ERR_EMPTY_RESPONSE', 'reset'],
  ['read ECONNRESET', 'reset'],
  ['UND_ERR_SOCKET other side closed', 'reset'],
  ['net::ERR_TUNNEL_CONNECTION_FAILED', 'other'],
  ['', 'other'],
])('%j is "%s"', (text, fault) => {
  expect(networkFaultOf(text)).toBe(fault);
});
