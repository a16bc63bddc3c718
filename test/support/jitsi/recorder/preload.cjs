// @ts-check
/** Hears the page's window messages and posts to it, from an isolated and sandboxed world, as Parley's own preload does. */
const { ipcRenderer } = require('electron');

window.addEventListener('message', ({ data, source }) => {
  if (source !== window) return;
  ipcRenderer.send('seen', typeof data === 'string' ? JSON.parse(data) : data);
});
ipcRenderer.on('post', (_event, text) => window.postMessage(text, location.origin));
