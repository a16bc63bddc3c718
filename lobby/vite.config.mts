import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { thirdPartyNotices } from '../build/thirdPartyNotices.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles the lobby with everything in it to one file that runs with `node` alone. */
export default defineConfig({
  root: here,
  build: {
    ssr: 'cli.ts',
    target: 'node20',
    outDir: '../out/lobby',
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        format: 'cjs',
        entryFileNames: 'parley-lobby.cjs',
        codeSplitting: false,
        banner: '#!/usr/bin/env node',
      },
    },
  },
  ssr: { noExternal: true, target: 'node' },
  plugins: [
    thirdPartyNotices(),
    {
      // `debug` takes it if it happens to be there, as it is here, for tools alone.
      name: 'without-undeclared',
      enforce: 'pre',
      resolveId: (id) => (id === 'supports-color' ? '\0supports-color' : undefined),
      load: (id) => (id === '\0supports-color' ? 'export default undefined;' : undefined),
    },
    {
      name: 'executable',
      writeBundle: ({ dir = '' }) => chmodSync(`${dir}/parley-lobby.cjs`, 0o755),
    },
  ],
});
