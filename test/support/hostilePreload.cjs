// Stands for a renderer that has been taken over: what its process could say to main, its page can say.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('wire', {
  ask: (channel, ...given) =>
    ipcRenderer.invoke(channel, ...given).then(
      () => 'answered',
      () => 'refused',
    ),
  say: (channel, ...given) => ipcRenderer.send(channel, ...given),
});
