import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  desktopFile,
  desktopFileAutostart,
  renameInAutostart,
  systemAutostart,
} from '../../../../main/shell/autostart';

describe('the desktop file', () => {
  let config: string;
  beforeEach(async () => {
    config = await mkdtemp(join(tmpdir(), 'parley-autostart-'));
  });
  afterEach(() => rm(config, { recursive: true, force: true }));

  const autostart = () =>
    desktopFileAutostart({ command: ['/opt/Parley/parley'], environment: { XDG_CONFIG_HOME: config } });
  const file = () => join(config, 'autostart', 'parley.desktop');

  it('is there while Parley starts with the session, whole, with nothing beside it', async () => {
    expect(await autostart().isOn()).toBe(false);
    await autostart().set(true);
    expect(await autostart().isOn()).toBe(true);
    expect(await readFile(file(), 'utf8')).toContain('\nExec="/opt/Parley/parley"\n');
    expect(await readdir(join(config, 'autostart'))).toEqual(['parley.desktop']);
    await autostart().set(false);
    expect(await autostart().isOn()).toBe(false);
    await autostart().set(false);
    expect(await readdir(join(config, 'autostart'))).toEqual([]);
  });

  it('that the desktop has turned off counts as off', async () => {
    await autostart().set(true);
    await writeFile(file(), `${await readFile(file(), 'utf8')}Hidden=true\n`);
    expect(await autostart().isOn()).toBe(false);
  });

  describe('of a program that gets another name', () => {
    const from = ['/opt/parley-0.1.0.AppImage', '--at-login'];
    const to = ['/opt/$&/parley-0.2.0.AppImage', '--at-login'];
    const rename = () => renameInAutostart(from, to, { XDG_CONFIG_HOME: config });
    const turnOn = (command: readonly string[]) =>
      desktopFileAutostart({ command, environment: { XDG_CONFIG_HOME: config } }).set(true);

    it('names the new one, on or off as it was', async () => {
      await turnOn(from);
      rename();
      expect(await readFile(file(), 'utf8')).toBe(desktopFile(to));
      expect(await readdir(join(config, 'autostart'))).toEqual(['parley.desktop']);
      await writeFile(file(), `${desktopFile(from)}Hidden=true\n`);
      rename();
      expect(await readFile(file(), 'utf8')).toBe(`${desktopFile(to)}Hidden=true\n`);
    });

    it('is left alone when it names another, and not made when there is none', async () => {
      rename();
      expect(await readdir(config)).toEqual([]);
      await turnOn(['/usr/bin/parley', '--at-login']);
      rename();
      expect(await readFile(file(), 'utf8')).toBe(desktopFile(['/usr/bin/parley', '--at-login']));
    });
  });

  it('that cannot be written is an error', async () => {
    await writeFile(join(config, 'autostart'), '');
    await expect(autostart().set(true)).rejects.toThrow();
  });

  it.each([
    ['/opt/My Programs/parley', '"/opt/My Programs/parley"'],
    ['/opt/100%/parley', '"/opt/100%%/parley"'],
    ['/opt/a"b/parley', String.raw`"/opt/a\\"b/parley"`],
    ['/opt/$HOME/`x`/parley', String.raw`"/opt/\\$HOME/\\${'`'}x\\${'`'}/parley"`],
    [String.raw`/opt/back\slash`, String.raw`"/opt/back\\\\slash"`],
  ])('names %s so that it is one word', (program, word) => {
    expect(desktopFile([program, '--at-login'])).toContain(`\nExec=${word} "--at-login"\n`);
  });
});

it('elsewhere the system keeps the list', async () => {
  const items = new Set<string>();
  const app = {
    getLoginItemSettings: ({ args }: { args: string[] }) => ({ openAtLogin: items.has(args.join(' ')) }),
    setLoginItemSettings({ openAtLogin, args }: { openAtLogin: boolean; args: string[] }) {
      if (openAtLogin) items.add(args.join(' '));
      else items.delete(args.join(' '));
    },
  };
  const autostart = systemAutostart(app, ['--at-login']);
  await autostart.set(true);
  expect([...items]).toEqual(['--at-login']);
  expect(await autostart.isOn()).toBe(true);
  await autostart.set(false);
  expect(await autostart.isOn()).toBe(false);
});
