import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { breakLibsecret } from '../support/brokenLibsecret.ts';

const run = promisify(execFile);

it.runIf(process.platform === 'linux')(
  'keeps keytar from loading, and only where its env is set',
  async () => {
    const broken = await breakLibsecret();
    try {
      const load = (env: NodeJS.ProcessEnv) => run(process.execPath, ['-e', "require('keytar')"], { env });
      await expect(load({ ...process.env, ...broken.env })).rejects.toThrow(/native addon/);
      await expect(load(process.env)).resolves.toBeDefined();
    } finally {
      await broken.remove();
    }
  },
);
