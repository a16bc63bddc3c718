import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { thirdPartyNotices } from './build/thirdPartyNotices.mjs';

/*
 * Targets are those of the oldest Electron that Parley runs on (25: Chromium 114, Node 18.15, CommonJS main). Only
 * `electron` and the native `keytar` stay outside the bundles.
 */
const NODE = 'node18.15';
const CHROMIUM = 'chrome114';
// `supports-color` is what `debug` has if it is there, and is not.
const external = ['electron', 'keytar', 'supports-color', /^node:/];

/** What the compact bar needs, the window needs too: one file of both, since each file more is one more before the first paint. */
const OF_BOTH_PAGES = /renderer[\\/](showPage|parts[\\/]CompactBar)\.tsx$/;

export default defineConfig({
  main: {
    plugins: [thirdPartyNotices({ beside: ['keytar'] })],
    build: {
      target: NODE,
      outDir: 'out/main',
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('main/index.ts'), parley: resolve('main/control/program/parley.ts') },
        external,
        output: {
          format: 'cjs',
          // `require` instead: below Electron 28, `import()` does not see into the archive of the packed app, where keytar is.
          dynamicImportInCjs: false,
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name].cjs',
          banner: ({ name }) => (name === 'parley' ? '#!/usr/bin/env node' : ''),
        },
      },
    },
  },
  preload: {
    plugins: [thirdPartyNotices()],
    build: {
      target: NODE,
      outDir: 'out/preload',
      minify: true,
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { shell: resolve('preload/shell.ts'), meeting: resolve('preload/meeting.ts') },
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // Stands in the pages where `main/security/appScheme.ts` writes a new nonce each time it serves one.
    html: { cspNonce: 'PARLEY_NONCE' },
    plugins: [react(), thirdPartyNotices()],
    build: {
      target: CHROMIUM,
      outDir: 'out/renderer',
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: resolve('renderer/index.html'), compactBar: resolve('renderer/compactBar.html') },
        output: {
          codeSplitting: { groups: [{ name: 'showPage', test: OF_BOTH_PAGES }] },
        },
      },
    },
  },
});
