import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DisplayName } from '../../shared/lobbyApi';
import { DISPLAY_NAME_MAX } from '../../shared/limits';
import { overrideParameters } from '../../shared/jitsi/configOverrides';
import { displayNameParameter, roomUrl } from '../../shared/jitsi/meetingUrl';
import type { Lobby } from '../lobby';
import { Refusal } from '../problem';
import { publicOrigin } from '../publicOrigin';
import { formBody } from './formBody';
import { type OpenInvite, letGuestIn, openInvite } from './guest';
import { type NameFault, invitationPage } from './joinPage';
import { sendPage, takesPage, varying, wantsPage } from './pageReply';

/** What a program reads that opens an invite link and takes no page. */
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
 * leads a guest on into the room. Who wants no page gets plain words, and problem documents for refusals.
 */
export function joinRoutes(app: FastifyInstance, lobby: Lobby): void {
  app.get<JoinRoute>('/join/:invite', async (request, reply) => {
    const open = await openInvite(lobby, request.params.invite, new Date());
    if (!takesPage(request)) return varying(reply).type('text/plain; charset=utf-8').send(PLAIN);
    return sendInvitation(lobby, request, reply, open, undefined);
  });

  app.post<JoinRoute>('/join/:invite', { config: { form: true } }, async (request, reply) => {
    refuseOtherSites(request);
    const open = await openInvite(lobby, request.params.invite, new Date());
    // Fields of one line have no control characters; what fills them in by program may.
    const typed = (formBody(request).get('displayName') ?? '').replace(/[\p{Cc}\p{Cs}]/gu, ' ');
    const displayName = DisplayName.safeParse(typed);
    if (!displayName.success) {
      const refusal = new Refusal('invalid-request', { detail: 'displayName: is not a name' });
      if (!wantsPage(request)) throw refusal;
      lobby.metrics.refused(refusal.code);
      const fault: NameFault = typed.trim() === '' ? 'nameMissing' : 'nameTooLong';
      const name = typed.trim().slice(0, DISPLAY_NAME_MAX);
      return sendInvitation(lobby, request, reply.code(refusal.status), open, { name, fault });
    }
    const grant = await letGuestIn(lobby, request, open, displayName.data, new Date());
    // In the hash the token reaches neither a web server's log nor a Referer. Jitsi reads hash values as JSON.
    const token = `jwt=${encodeURIComponent(JSON.stringify(grant.token))}`;
    const named = lobby.issuer.claims.user.has('name') ? [] : [displayNameParameter(displayName.data)];
    const hash = [token, ...named, ...overrideParameters(grant.config ?? {})].join('&');
    return reply.redirect(`${roomUrl(open.deployment.url, grant.room)}#${hash}`, 303);
  });
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

/** A form on a page of somebody else is not the reader's own doing. Older browsers do not say where a form stood. */
function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new Refusal('forbidden', {
    detail: 'The form was sent by another site. Open the invite link itself.',
  });
}
