import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../problem';
import { vary } from '../vary';
import { type InviteFault, inviteFaultPage } from './joinPage';
import { joinPolicy } from './joinStyle';
import { type Language, readersLanguage } from './joinWords';
import { byQuality, qualityOf } from './qualityValues';

/** The same address answers with other words to another reader. */
export const varying = (reply: FastifyReply) => vary(reply, 'accept', 'accept-language');

/**
 * Whether an invitation is to be a page, by `Accept`: to whoever takes one, unless something that a program reads is wanted
 * more.
 */
export function takesPage({ headers: { accept } }: FastifyRequest): boolean {
  const page = qualityOf('text/html', accept);
  return page > 0 && ['text/plain', ...JSON_TYPES].every((type) => qualityOf(type, accept) <= page);
}

/**
 * Whether a person is reading, by `Accept`: browsers name HTML; programs do not, or want JSON at least as much. Whoever
 * takes anything gets a refusal as a problem document.
 */
export function wantsPage({ headers }: FastifyRequest): boolean {
  const wanted = byQuality(headers.accept);
  const quality = (types: readonly string[]) =>
    wanted.find(({ value }) => types.includes(value))?.quality ?? 0;
  const page = quality(['text/html', 'application/xhtml+xml']);
  return page > 0 && page >= quality(JSON_TYPES);
}

const JSON_TYPES = ['application/json', 'application/problem+json'];

/** Sends a page in the reader's language. `deploymentUrl`: where its form may lead; without one there is no form. */
export function sendPage(
  { query, headers }: FastifyRequest,
  reply: FastifyReply,
  deploymentUrl: string | undefined,
  page: (language: Language) => string,
): FastifyReply {
  // Of an address that is none there is no query either.
  const chosen = (query as { lang?: unknown } | null | undefined)?.lang;
  const language = readersLanguage(chosen, headers['accept-language']);
  return varying(reply)
    .headers({ 'content-security-policy': joinPolicy(deploymentUrl), 'content-language': language })
    .type('text/html; charset=utf-8')
    .send(page(language));
}

/**
 * Answers a person who has opened an invite link with a page that says why it leads nowhere; `undefined` when no person
 * did. Status and headers are the caller's.
 */
export function sendFaultPage(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): FastifyReply | undefined {
  if (!request.url.startsWith('/join/')) return undefined;
  void varying(reply);
  if (!wantsPage(request)) return undefined;
  const fault = inviteFault(refusal, request.method);
  return sendPage(request, reply, undefined, (language) => inviteFaultPage(language, fault, new Date()));
}

function inviteFault({ code, opensAt, headers, status }: Refusal, method: string): InviteFault {
  if (opensAt !== undefined) return { kind: 'notYetOpen', opensAt };
  if (code === 'invite-expired') return { kind: 'expired' };
  if (code === 'rate-limited') return { kind: 'tooMany', wait: Number(headers['retry-after']) };
  if (status >= 500) return { kind: 'down' };
  return { kind: method === 'POST' && code !== 'invite-invalid' ? 'unread' : 'invalid' };
}
