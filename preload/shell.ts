/** The toolbar's bridge: commands out, snapshots in. It carries, main parses. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { COMMAND_CHANNEL, PANEL_CHANNEL, SNAPSHOT_CHANNEL } from '../shared/ipc/channels';
import type { CommandName, NamedPanel, ParleyBridge } from '../shared/ipc/commands';
import type { Snapshot } from '../shared/ipc/snapshot';

const bridge: ParleyBridge = {
  send: ((command: CommandName, ...argument: unknown[]) =>
    ipcRenderer.invoke(COMMAND_CHANNEL, command, argument[0])) as ParleyBridge['send'],
  onSnapshot: (listener) => listen(SNAPSHOT_CHANNEL, (message) => listener(message as Snapshot)),
  onPanel: (listener) => listen(PANEL_CHANNEL, (message) => listener(message as NamedPanel)),
};

function listen(channel: string, listener: (message: unknown) => void): () => void {
  const forward = (_event: IpcRendererEvent, message: unknown) => listener(message);
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}

contextBridge.exposeInMainWorld('parley', bridge);
