// @ts-check
/**
 * `npm run build:sbom`: the list of all software that Parley is made of (CycloneDX), from the lockfile, to
 * `out/sbom.cdx.json`. What only builds and tests is left out.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './appBuild.mjs';
import { runScript } from './launch.mjs';
import { npmCommand } from './npmCommand.mjs';
import { captureChild } from './runChild.mjs';

/**
 * @typedef {{ 'bom-ref': string, name: string }} Component
 * @typedef {{ ref: string, dependsOn?: string[] }} Dependency
 */

/**
 * Names and versions of what is not for development alone. A version that lies in several places, one of them for
 * development, npm lists once, as if it were for that.
 * @param {Record<string, { name?: string, version: string, dev?: boolean }>} places of the lockfile
 */
const shippedOf = (places) =>
  new Set(
    Object.entries(places)
      .filter(([, { dev }]) => dev !== true)
      .map(([place, { name, version }]) => `${name ?? place.replace(/^.*node_modules\//, '')}@${version}`),
  );

await runScript(async () => {
  // npm's own `--omit dev` leaves out what is needed for both.
  const { command, args } = npmCommand([
    ...['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'],
    ...['--package-lock-only', '--silent'],
  ]);
  const { code, output } = await captureChild(command, args, { cwd: ROOT });
  if (code !== 0) throw new Error(`npm sbom failed: ${output.trim()}`);
  // npm warns of settings before and after, and names the app after its folder.
  const bom = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  bom.metadata.component.name = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).name;

  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const shipped = shippedOf(lock.packages);
  /** @type {Component[]} */
  const all = bom.components;
  // Electron is a development dependency by custom, and shipped all the same.
  const kept = all.filter(({ name, 'bom-ref': ref }) => name === 'electron' || shipped.has(ref));
  const dropped = new Set(
    all.filter((component) => !kept.includes(component)).map(({ 'bom-ref': ref }) => ref),
  );
  bom.components = kept;
  /** @type {Dependency[]} */
  const dependencies = bom.dependencies;
  bom.dependencies = dependencies
    .filter(({ ref }) => !dropped.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => !dropped.has(other)) }));
  mkdirSync(path.join(ROOT, 'out'), { recursive: true });
  writeFileSync(path.join(ROOT, 'out/sbom.cdx.json'), `${JSON.stringify(bom, undefined, 2)}\n`);
  return 0;
});
