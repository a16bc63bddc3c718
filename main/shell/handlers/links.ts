/** What the answers to the question about a link do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { linkCommands } from '../../../shared/ipc/commands/links';
import type { IncomingLinks } from '../../links/incomingLinks';

export interface LinkHandlerParts {
  links: IncomingLinks;
}

export function newLinkHandlers({ links }: LinkHandlerParts): CommandHandlers<keyof typeof linkCommands> {
  return {
    'link/accept': ({ id, media }) => links.accept(id, media),
    'link/dismiss': () => links.dismiss(),
  };
}
