import type { WebPreferences } from 'electron';

/**
 * What every page is made with, ours and others': in a sandbox of its own, apart from its preload, without Node
 * (Electron's security guide, items 2 to 4 and 6 to 12). Nothing that is made with them may set one of them anew.
 */
export const PAGE_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;
