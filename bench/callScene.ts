/** A lobby, a deployment and a keychain of their own on this machine, and the app set up for them. */
import { type DesktopApp, startDesktop } from '../test/support/desktopApp';
import { startKeyring } from '../test/support/keyring';
import type { DeploymentOptions } from '../test/support/jitsi/deployment';
import { type Servers, startServers } from '../test/support/servers';

/** Has V8 collect garbage when the benchmark asks for it. */
const COLLECTABLE = '--js-flags=--expose-gc';

export interface CallScene {
  readonly desktop: DesktopApp;
  readonly servers: Servers;
  /** An access token that the lobby knows. */
  readonly token: string;
}

/** Runs `measure` with a scene that is gone afterwards. */
export async function withCallScene<Value>(
  measure: (scene: CallScene) => Promise<Value>,
  deployment: Pick<DeploymentOptions, 'switchMs'> = {},
): Promise<Value> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const keyring = await startKeyring();
    undo.push(() => keyring.stop());
    const servers = await startServers({}, deployment);
    undo.push(() => servers.stop());
    const desktop = await startDesktop({ env: keyring.env, args: [COLLECTABLE] });
    undo.push(() => desktop.close());
    const token = await servers.lobby.addToken('bench');
    await desktop.saveSettings({ lobby: servers.lobby.url, name: 'Bench', token });
    return await measure({ desktop, servers, token });
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
