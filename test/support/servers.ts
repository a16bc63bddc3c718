/** A lobby and the stand-in deployment that it signs for, each knowing the other's address. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type DeploymentOptions, type JitsiDeployment, startDeployment } from './jitsi/deployment';
import { type LobbyProcess, startLobby } from './lobbyProcess';

export interface Servers {
  deployment: JitsiDeployment;
  lobby: LobbyProcess;
  stop(): Promise<void>;
}

/** Starts both on free ports of this machine. */
export async function startServers(
  env: Record<string, string> = {},
  options: Omit<DeploymentOptions, 'asapKeyServer' | 'port'> = {},
): Promise<Servers> {
  const port = await freePort();
  const lobby = await startLobby({ jitsiUrl: `http://127.0.0.1:${port}`, env });
  const deployment = await startDeployment({ ...options, port, asapKeyServer: `${lobby.url}/asap` });
  return {
    deployment,
    lobby,
    async stop() {
      await deployment.stop();
      await lobby.stop();
    },
  };
}

/** A port that was free just now: the lobby must know the deployment's address before there is one. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
