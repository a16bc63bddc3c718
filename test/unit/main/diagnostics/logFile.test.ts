/** The log on disk, over a real disk: full, not a folder, read by nobody. */
import { execFileSync } from 'node:child_process';
import { constants, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, open, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOG_FILE, LogFile } from '../../../../main/diagnostics/logFile';

let folder: string;
let path: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'parley-log-')), 'logs');
  path = join(folder, LOG_FILE);
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const written = (file = path) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
const holds = (text: string) => expect.poll(() => written(), { interval: 2 }).toContain(text);

it('keeps every line in its order, also those from before there was a place for them', async () => {
  const log = new LogFile();
  log.append('one\n');
  log.open(folder);
  log.append('two\n');
  await expect.poll(() => written()).toBe('one\ntwo\n');
  log.append('three\n');
  await expect.poll(() => written()).toBe('one\ntwo\nthree\n');
});

it.skipIf(process.platform === 'win32')('is for its user alone', async () => {
  const log = new LogFile();
  log.open(folder);
  log.append('one\n');
  await holds('one');
  expect([statSync(folder).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
});

it('never has more than three files, nor more bytes in one than it may', async () => {
  const fileBytes = 1000;
  const log = new LogFile({ fileBytes });
  log.open(folder);
  for (let number = 1; number <= 120; number++) {
    const line = `line ${number} ${'x'.repeat(40)}\n`;
    log.append(line);
    await holds(line);
  }
  expect(readdirSync(folder).sort()).toEqual(['parley.1.log', 'parley.2.log', 'parley.log']);
  for (const file of readdirSync(folder))
    expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(fileBytes);
  const kept = ['parley.2.log', 'parley.1.log', 'parley.log']
    .map((file) => written(join(folder, file)))
    .join('');
  const numbers = [...kept.matchAll(/^line (\d+)/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(numbers.map((_, index) => 121 - numbers.length + index));
});

it('goes on where the run before has stopped, and counts what that has written', async () => {
  await mkdir(folder);
  await writeFile(path, `${'before '.repeat(100)}\n`);
  const log = new LogFile({ fileBytes: 705 });
  log.open(folder);
  log.append('after\n');
  await expect.poll(() => written()).toBe('after\n');
  expect(written(join(folder, 'parley.1.log'))).toContain('before');
});

describe('the last lines', () => {
  it('are of this run, and before them of the runs before', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'parley.1.log'), 'a\nb\n');
    await writeFile(path, 'c\nd\n');
    const log = new LogFile();
    log.open(folder);
    log.append('e\n');
    log.append('f\n');
    await holds('f');
    expect(await log.lastLines(5)).toEqual(['b\n', 'c\n', 'd\n', 'e\n', 'f\n']);
    expect(await log.lastLines(1)).toEqual(['f\n']);
  });

  it('are those in memory when there is no disk to read', async () => {
    const log = new LogFile();
    for (let number = 1; number <= 500; number++) log.append(`${number}\n`);
    expect(await log.lastLines(3)).toEqual(['498\n', '499\n', '500\n']);
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'no folder');
    log.open(folder);
    expect(await log.lastLines(1000)).toHaveLength(200);
  });
});

describe.runIf(process.platform === 'linux')('a disk that', () => {
  it('is full loses lines, says how many once it is not, and throws nothing', async () => {
    await mkdir(folder);
    await symlink('/dev/full', path);
    const log = new LogFile();
    log.open(folder);
    log.append('one\n');
    log.append('two\n');
    // Whoever reads comes after what is being written.
    expect(await log.lastLines(5)).toEqual(['one\n', 'two\n']);
    log.append('three\n');
    log.flush();
    await unlink(path);
    log.append('last\n');
    await holds('last\n');
    expect(written()).toBe('{"event":"log.lost","lines":3}\nlast\n');
  });

  it('has no folder for it is left alone', async () => {
    await writeFile(folder, 'a file');
    const log = new LogFile();
    log.open(folder);
    log.append('one\n');
    log.flush();
    log.append('two\n');
    expect(await log.lastLines(5)).toEqual(['one\n', 'two\n']);
    expect(readFileSync(folder, 'utf8')).toBe('a file');
  });

  it('hangs holds up nobody, neither a line, nor a reader, nor the end', async () => {
    await mkdir(folder);
    // Opening a pipe that nobody reads does not come back.
    execFileSync('mkfifo', [path]);
    let now = 0;
    const log = new LogFile({ now: () => now });
    log.open(folder);
    log.append('0\n');
    await new Promise((resolve) => setImmediate(resolve));
    for (let number = 1; number <= 5000; number++) log.append(`${number}\n`);
    now = 2000;
    log.flush();
    expect(await log.lastLines(1)).toEqual(['5000\n']);
    // Lets go of it: what has waited fits into the pipe.
    const reader = await open(path, constants.O_RDWR);
    const { buffer, bytesRead } = await reader.read({ buffer: Buffer.alloc(8000) });
    expect(buffer.toString('utf8', 0, bytesRead)).toMatch(/^0\n/);
    await reader.close();
  });
});

it('writes at once what waits when the end comes', () => {
  const log = new LogFile();
  log.open(folder);
  log.append('one\n');
  log.flush();
  expect(written()).toBe('one\n');
});
