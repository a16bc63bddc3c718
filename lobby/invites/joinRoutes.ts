import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DisplayName } from '../../shared/lobbyApi';
import { DISPLAY_NAME_MAX } from '../../shared/limits';
import { roomUrl } from '../../shared/jitsi/meetingUrl';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';
import { publicOrigin } from '../publicOrigin';
import { formBody } from './formBody';
import { type OpenInvite, letGuestIn, openInvite } from './guest';
import { type InviteFault, type NameFault, invitationPage, inviteFaultPage } from './joinPage';
import { joinPolicy } from './joinStyle';
import { readersLanguage } from './joinWords';
import { byQuality } from './qualityValues';

/** What a program reads that opens an invite link. */
const PLAIN = `This is an invitation to a Parley call.

Copy the address of this page, choose "Join call" in Parley and paste it there.
`;

interface JoinRoute {
  Params: { invite: string };
  Querystring: { lang?: unknown };
}
type JoinRequest = FastifyRequest<JoinRoute>;

/**
 * `GET /join/{invite}`: the page that an invite link opens, which asks for a name. `POST /join/{invite}`: its form, which
 * leads a guest on into the room. Programs get plain words and problem documents instead of pages.
 */
export function joinRoutes(app: FastifyInstance, lobby: Lobby): void {
  app.get<JoinRoute>('/join/:invite', async (request, reply) => {
    const open = await openOrAnswer(lobby, request, reply);
    if (open === undefined) return reply;
    if (!wantsPage(request)) return reply.type('text/plain; charset=utf-8').send(PLAIN);
    return sendInvitation(lobby, request, reply, open, undefined);
  });

  app.post<JoinRoute>('/join/:invite', { config: { form: true } }, async (request, reply) => {
    refuseOtherSites(request);
    const open = await openOrAnswer(lobby, request, reply);
    if (open === undefined) return reply;
    // Fields of one line have no control characters; what fills them in by program may.
    const typed = (formBody(request).get('displayName') ?? '').replace(/[\p{Cc}\p{Cs}]/gu, ' ');
    const displayName = DisplayName.safeParse(typed);
    if (!displayName.success) {
      if (!wantsPage(request)) throw new Refusal('invalid-request', { detail: 'displayName: is not a name' });
      const fault: NameFault = typed.trim() === '' ? 'nameMissing' : 'nameTooLong';
      const name = typed.trim().slice(0, DISPLAY_NAME_MAX);
      return sendInvitation(lobby, request, reply.code(400), open, { name, fault });
    }
    const grant = await letGuestIn(lobby, request, open, displayName.data, new Date());
    // In the hash the token reaches neither a web server's log nor a Referer. Jitsi reads hash values as JSON.
    const hash = `jwt=${encodeURIComponent(JSON.stringify(grant.token))}`;
    return reply.redirect(`${roomUrl(open.deployment.url, grant.room)}#${hash}`, 303);
  });
}

/** The invite, or nothing when the request has been answered with the page that says why there is none. */
async function openOrAnswer(
  lobby: Lobby,
  request: JoinRequest,
  reply: FastifyReply,
): Promise<OpenInvite | undefined> {
  reply.header('vary', 'accept, accept-language');
  const now = new Date();
  try {
    return await openInvite(lobby, request.params.invite, now);
  } catch (error) {
    const fault = error instanceof Refusal ? inviteFault(error) : undefined;
    if (fault === undefined || !wantsPage(request)) throw error;
    const { code, status } = error as Refusal;
    lobby.metrics.refused(code);
    sendPage(request, reply.code(status), undefined, (language) => inviteFaultPage(language, fault, now));
    return undefined;
  }
}

function inviteFault({ code, opensAt }: Refusal): InviteFault | undefined {
  if (code === 'invite-expired') return { kind: 'expired' };
  if (code === 'invite-invalid') return { kind: 'invalid' };
  return opensAt === undefined ? undefined : { kind: 'notYetOpen', opensAt };
}

function sendInvitation(
  lobby: Lobby,
  request: JoinRequest,
  reply: FastifyReply,
  { invite: { room }, deployment }: OpenInvite,
  refused: { name: string; fault: NameFault } | undefined,
): FastifyReply {
  const { host } = new URL(deployment.url);
  const { invite } = request.params;
  const appLink = `parley://join?${new URLSearchParams({ lobby: publicOrigin(lobby.settings, request), invite, room }).toString()}`;
  return sendPage(request, reply, deployment.url, (language) =>
    invitationPage(language, { room, appLink, host, refused }),
  );
}

function sendPage(
  { query: { lang }, headers }: JoinRequest,
  reply: FastifyReply,
  deploymentUrl: string | undefined,
  page: (language: ReturnType<typeof readersLanguage>) => string,
): FastifyReply {
  const language = readersLanguage(lang, headers['accept-language']);
  return reply
    .headers({ 'content-security-policy': joinPolicy(deploymentUrl), 'content-language': language })
    .type('text/html; charset=utf-8')
    .send(page(language));
}

/** Whether a person is reading, by `Accept`: browsers name HTML; programs do not, or want JSON at least as much. */
function wantsPage({ headers }: FastifyRequest): boolean {
  const wanted = byQuality(headers.accept);
  const quality = (types: string[]) => wanted.find(({ value }) => types.includes(value))?.quality ?? 0;
  const page = quality(['text/html', 'application/xhtml+xml']);
  return page > 0 && page >= quality(['application/json', 'application/problem+json']);
}

/** A form on a page of somebody else is not the reader's own doing. Older browsers do not say where a form stood. */
function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new Refusal('forbidden', {
    detail: 'The form was sent by another site. Open the invite link itself.',
  });
}
