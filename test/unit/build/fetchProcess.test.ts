import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reasonIn, runFetch } from '../../../build/fetchProcess.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-fetch-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a script of Node's in the folder that is watched. */
function fetching(
  script: string,
  limits: { stallMs?: number; maxBytes?: number; onBytes?: () => void } = {},
) {
  return runFetch({
    command: process.execPath,
    args: ['-e', script],
    env: process.env,
    cwd: folder,
    watch: [folder],
    stallMs: 10_000,
    ...limits,
  });
}

const WRITE_AND_WAIT = "require('fs').writeFileSync('part', Buffer.alloc(5000)); setInterval(() => {}, 1000)";

describe('a fetching program', () => {
  it('may end well', async () => {
    await expect(fetching('')).resolves.toBeUndefined();
  });

  it('is ended when nothing more arrives', async () => {
    await expect(fetching(WRITE_AND_WAIT, { stallMs: 300 })).rejects.toThrow('nothing arrived for 0.3 s');
  });

  it('is ended when more arrives than may, and its bytes are told', async () => {
    const onBytes = vi.fn();
    await expect(fetching(WRITE_AND_WAIT, { maxBytes: 4000, onBytes })).rejects.toThrow(
      'more than 4000 bytes arrived',
    );
    expect(onBytes).toHaveBeenCalledWith(5000);
  });

  it('fails with the reason it gave, and without its stack', async () => {
    await expect(fetching("throw new TypeError('fetch failed')")).rejects.toThrow(/fetch failed/);
    await expect(fetching('process.exit(3)')).rejects.toThrow('code 3');
  });
});

describe('the reason in what a program wrote', () => {
  it('is its first lines that tell something', () => {
    const npm = 'npm warn old\nnpm error code E404\nnpm error 404 Not Found\nnpm error A complete log of\n';
    expect(reasonIn(npm)).toBe('code E404; 404 Not Found');
    expect(reasonIn('TypeError: fetch failed\n    at node:internal\n')).toBe('TypeError: fetch failed');
    expect(reasonIn('')).toBe('');
  });
});
