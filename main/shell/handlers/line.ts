/** What the commands of "Connection details" do. */
import type { CommandHandlers } from '../../../shared/ipc/commands';
import type { lineCommands } from '../../../shared/ipc/commands/line';
import { missedOf, roundTripOf } from '../../../shared/lineQuality';
import type { CallController } from '../../call/callController';
import { deploymentCondition } from '../../call/deploymentCondition';
import type { LobbyClient } from '../../call/lobbyClient';
import type { LobbyAccess } from '../../signIn/lobbyAccess';

export interface LineHandlerParts {
  calls: CallController;
  client: LobbyClient;
  access: LobbyAccess;
}

export function newLineHandlers({
  calls,
  client,
  access,
}: LineHandlerParts): CommandHandlers<keyof typeof lineCommands> {
  return {
    'line/read': () => {
      const { line } = calls;
      if (line === undefined) return undefined;
      return {
        region: calls.found?.region,
        roundTripMs: roundTripOf(line),
        measured: line.media?.roundTripMs === undefined ? 'probes' : 'media',
        lossPercent: line.media?.lossPercent,
        missed: missedOf(line),
        probes: line.probes.length,
      };
    },
    'line/condition': () =>
      calls.found === undefined
        ? undefined
        : deploymentCondition({ lobby: client, access }, calls.found.renewal),
  };
}
