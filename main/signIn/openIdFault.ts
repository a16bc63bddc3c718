/** What went wrong with an OpenID provider, as a value. */
import * as oauth from 'oauth4webapi';
import { AnswerTooLong } from '../../shared/boundedAnswer';
import type { ProviderFault } from '../../shared/failure';
import { errorText, isRedirect } from '../call/httpJson';
import { networkFaultOf } from '../call/networkFault';

/** `expired`: a refresh token, or a code, is good no more (RFC 6749 section 5.2, `invalid_grant`). */
export type OpenIdFault =
  ProviderFault | { fault: 'denied'; host: string } | { fault: 'expired'; host: string };

/** A provider does or says what none that can be trusted would. */
export class UntrustedProvider extends Error {}

/** Codes of the library for answers that are not what they should be, or not by whom they should be. */
const UNTRUSTED: ReadonlySet<unknown> = new Set([
  oauth.INVALID_RESPONSE,
  oauth.JWT_CLAIM_COMPARISON,
  oauth.JWT_TIMESTAMP_CHECK,
  oauth.JSON_ATTRIBUTE_COMPARISON,
  oauth.KEY_SELECTION,
  oauth.HTTP_REQUEST_FORBIDDEN,
  oauth.REQUEST_PROTOCOL_FORBIDDEN,
]);

/** Longest words of a provider's own that are shown, in characters. */
const DETAIL_MAX = 200;

export function faultOf(error: unknown, host: string): OpenIdFault {
  if (error instanceof UntrustedProvider) return { fault: 'not-trusted', host, detail: error.message };
  if (error instanceof oauth.AuthorizationResponseError) {
    if (error.error === 'access_denied') return { fault: 'denied', host };
    return { fault: 'refused', host, detail: said(error.error, error.error_description) };
  }
  if (error instanceof oauth.ResponseBodyError) {
    if (error.error === 'invalid_grant') return { fault: 'expired', host };
    return { fault: 'refused', host, detail: said(error.error, error.error_description) };
  }
  if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
    const detail = error.message.slice(0, DETAIL_MAX);
    return { fault: UNTRUSTED.has(error.code) ? 'not-trusted' : 'broken', host, detail };
  }
  if (error instanceof AnswerTooLong) return { fault: 'broken', host, detail: error.message };
  const reason = errorText(error);
  if (isRedirect(reason)) return { fault: 'not-trusted', host, detail: 'it sends to another address' };
  return { fault: 'unreachable', host, network: networkFaultOf(reason) };
}

const said = (code: string, words: string | undefined) =>
  (words === undefined || words === '' ? code : words).slice(0, DETAIL_MAX);
