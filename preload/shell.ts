/** The toolbar's bridge: commands out, snapshots in. It carries, main parses. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { COMMAND_CHANNEL, SNAPSHOT_CHANNEL } from '../shared/ipc/channels';
import type { CommandName, CommandReply, ParleyBridge } from '../shared/ipc/commands';
import type { Snapshot } from '../shared/ipc/snapshot';

const bridge: ParleyBridge = {
  send: <Name extends CommandName>(command: Name, ...argument: unknown[]) =>
    ipcRenderer.invoke(COMMAND_CHANNEL, command, argument[0]) as Promise<CommandReply<Name>>,
  onSnapshot(listener) {
    const forward = (_event: IpcRendererEvent, snapshot: Snapshot) => listener(snapshot);
    ipcRenderer.on(SNAPSHOT_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(SNAPSHOT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('parley', bridge);
