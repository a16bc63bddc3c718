/** What electron-builder.yml asks for where electron-builder's own default would cost a guard, or the start. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');

const Config = z.object({
  electronFuses: z.record(z.string(), z.boolean()),
  toolsets: z.object({ appimage: z.string() }).optional(),
  linux: z.object({ executableArgs: z.array(z.string()).optional() }),
  appImage: z.object({ executableArgs: z.array(z.string()).optional() }).optional(),
});
const config = Config.parse(parse(read('electron-builder.yml')));

const Scheme = z.object({
  definitions: z.object({
    FuseOptionsV1: z.object({ properties: z.record(z.string(), z.unknown()) }),
    ToolsetConfig: z.object({
      properties: z.object({
        appimage: z.object({ anyOf: z.array(z.object({ enum: z.array(z.string()).optional() })) }),
      }),
    }),
  }),
});
const { FuseOptionsV1, ToolsetConfig } = Scheme.parse(
  JSON.parse(read('node_modules/app-builder-lib/scheme.json')),
).definitions;

it('signs anew what the fuses have changed: Apple silicon runs nothing whose signature is broken', () => {
  expect(config.electronFuses['resetAdHocDarwinSignature']).toBe(true);
  expect(Object.keys(FuseOptionsV1.properties)).toEqual(
    expect.arrayContaining(Object.keys(config.electronFuses)),
  );
});

it('has an AppImage start with Chromium’s sandbox, by a toolset that electron-builder knows', () => {
  const known = ToolsetConfig.properties.appimage.anyOf.flatMap(({ enum: versions = [] }) => versions);
  // The default one, which this is not, starts every AppImage with `--no-sandbox`.
  expect(known.filter((version) => version !== '0.0.0')).toContain(config.toolsets?.appimage);
  expect([config.linux.executableArgs, config.appImage?.executableArgs].flat().join()).not.toContain(
    'sandbox',
  );
});
