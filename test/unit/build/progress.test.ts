import { describe, expect, it } from 'vitest';
import { progressOn, progressText } from '../../../build/progress.mjs';

const MB = 1_000_000;

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, write: (text: string) => written.push(text) } };
}

describe('progress', () => {
  it('names what is fetched, the share and the size', () => {
    const progress = { label: 'Fetching Electron', received: 30 * MB, total: 120 * MB };
    expect(progressText(progress, { bar: false })).toBe('Fetching Electron: 25 % (30 of 120 MB)');
    expect(progressText(progress, { bar: true })).toBe(
      'Fetching Electron [######------------------] 25 % (30 of 120 MB)',
    );
  });

  it('counts megabytes while the size is not known, and never passes 100 %', () => {
    expect(progressText({ label: 'x', received: 12.7 * MB }, { bar: true })).toBe('x: 12 MB');
    expect(progressText({ label: 'x', received: 3 * MB, total: MB }, { bar: false })).toContain('100 %');
  });

  it('writes a line each tenth where there is no terminal', () => {
    const { written, stream } = recorder(false);
    const progress = progressOn(stream);
    for (let received = 0; received <= 100; received++) {
      progress.show({ label: 'x', received: received * MB, total: 100 * MB });
    }
    progress.end();
    expect(written).toHaveLength(11);
    expect(written.every((line) => line.endsWith('\n'))).toBe(true);
    expect(written.at(-1)).toBe('x: 100 % (100 of 100 MB)\n');
  });

  it('redraws one line on a terminal, and closes it once', () => {
    const { written, stream } = recorder(true);
    const progress = progressOn(stream);
    progress.show({ label: 'x', received: 0, total: MB });
    progress.show({ label: 'x', received: MB, total: MB });
    progress.end();
    progress.end();
    expect(written.filter((text) => text.includes('\n'))).toEqual(['\n']);
    expect(written.filter((text) => text.startsWith('\r'))).toHaveLength(2);
  });
});
