import type { CallFailure } from '../../shared/failure';
import { redacted } from '../diagnostics/redacted';

/** Longest description kept of an error that nobody foresaw, in characters. */
const DETAIL_MAX = 300;

/** An error that nobody foresaw, as the end of a call; without what may be secret in it. */
export function internalFailure(error: unknown): CallFailure {
  return { code: 'internal', detail: redacted(String(error)).slice(0, DETAIL_MAX) };
}
