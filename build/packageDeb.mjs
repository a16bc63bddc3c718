// @ts-check
/**
 * `npm run package:deb`: the app as a package for Debian and its kin, made by dpkg-deb alone (electron-builder's own way
 * fetches a Ruby program from GitHub first). Nothing runs when it is installed or removed: the system's triggers find the
 * desktop entry, the link scheme and the icons where they lie.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './appBuild.mjs';
import { controlText, debArch, desktopEntry, installedSize, md5sums } from './debText.mjs';
import { runScript, tell } from './launch.mjs';
import { captureChild } from './runChild.mjs';
import { makeUnpackedApp } from './unpackedApp.mjs';

/** Debian 12 and Ubuntu 22.04 read it; xz would be a fifth smaller and take twenty times as long. */
const COMPRESSION = ['-Zzstd', '-z10'];

/** What may be read, and run, by everyone; the sandbox's helper must be root's to start (Chromium, linux/suid/sandbox). */
const SETUID_EXECUTABLE = 0o4755;

/**
 * Lays the files out as they will lie on the system.
 * @param {string} stage
 * @param {import('./unpackedApp.mjs').UnpackedApp} app
 */
function layOut(stage, { folder, config, program }) {
  const place = `opt/${config.productName ?? program}`;
  /** @param {string} file @returns {string} its path, in a folder that is there */
  const at = (file) => {
    const full = path.join(stage, file);
    mkdirSync(path.dirname(full), { recursive: true });
    return full;
  };
  cpSync(folder, at(place), { recursive: true });
  chmodSync(at(`${place}/chrome-sandbox`), SETUID_EXECUTABLE);
  symlinkSync(`/${place}/${program}`, at(`usr/bin/${program}`));
  writeFileSync(
    at(`usr/share/applications/${program}.desktop`),
    desktopEntry(config, `/${place}/${program}`, program),
  );
  cpSync(path.join(ROOT, 'LICENSE'), at(`usr/share/doc/${program}/copyright`));
  for (const { name } of readdirSync(path.join(ROOT, 'build/icons')).map((file) => path.parse(file))) {
    cpSync(
      path.join(ROOT, 'build/icons', `${name}.png`),
      at(`usr/share/icons/hicolor/${name}/apps/${program}.png`),
    );
  }
  cpSync(path.join(ROOT, 'build/icon.svg'), at(`usr/share/icons/hicolor/scalable/apps/${program}.svg`));
}

await runScript(async () => {
  const app = await makeUnpackedApp();
  const stage = mkdtempSync(path.join(os.tmpdir(), 'parley-deb-'));
  const arch = debArch(app.arch);
  const file = path.join(ROOT, 'dist', `${app.program}_${app.version}_${arch}.deb`);
  try {
    layOut(stage, app);
    const control = {
      program: app.program,
      version: app.version,
      arch,
      sizeKb: installedSize(stage),
      config: app.config,
    };
    const sums = md5sums(stage);
    mkdirSync(path.join(stage, 'DEBIAN'));
    writeFileSync(path.join(stage, 'DEBIAN/control'), controlText(control));
    writeFileSync(path.join(stage, 'DEBIAN/md5sums'), sums);
    chmodSync(stage, 0o755);
    const { code, output } = await captureChild('dpkg-deb', [
      '--root-owner-group',
      ...COMPRESSION,
      '--build',
      stage,
      file,
    ]);
    if (code !== 0) throw new Error(`dpkg-deb failed: ${output.trim()}`);
  } finally {
    rmSync(stage, { recursive: true });
  }
  tell(file);
  return 0;
});
