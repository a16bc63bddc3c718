/**
 * The description of a release as electron-builder writes it (`latest.yml` and its kin), read strictly: whoever can write
 * it decides what is installed.
 */
import { z } from 'zod';
import type { UpdateFault } from '../../shared/updates';

/** Longest file of a release, in bytes; Parley's have some 100 MB. */
const FILE_MAX_BYTES = 1_000_000_000;
/** Longest text about what is new that is shown. */
const NOTES_MAX = 4000;

const File = z.object({
  url: z.string().min(1).max(500),
  /** In base64; another checksum is not taken. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  size: z.number().int().positive().max(FILE_MAX_BYTES),
});

const Note = z.object({ note: z.string().nullish() });

const Feed = z.object({
  // As Semantic Versioning has it (section 2), in short.
  version: z
    .string()
    .max(60)
    .regex(/^\d+\.\d+\.\d+([-+][\w.+-]+)?$/),
  files: z.array(File).min(1).max(30),
  releaseNotes: z.union([z.string(), z.array(Note)]).nullish(),
  minimumSystemVersion: z.string().max(60).optional(),
});

export type FeedFile = z.infer<typeof File>;

export interface Release {
  version: string;
  /** For this system; `undefined` when there is none. */
  file: FeedFile | undefined;
  notes: string;
  minimumSystemVersion: string | undefined;
}

/** What is installed on each system; all else (deb, rpm, dmg) is other programs' to install. */
const EXTENSIONS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: '.zip',
  linux: '.AppImage',
  win32: '.exe',
};

export type ReadFeed = { ok: true; release: Release } | { ok: false; fault: UpdateFault };

/** @param said what stands in the feed, parsed as YAML. */
export function readFeed(said: unknown, platform: NodeJS.Platform, arch: string): ReadFeed {
  const parsed = Feed.safeParse(said);
  if (!parsed.success) return { ok: false, fault: { code: 'not-a-feed' } };
  const { version, files, releaseNotes, minimumSystemVersion } = parsed.data;
  const extension = EXTENSIONS[platform];
  const fitting = files.filter(({ url }) => extension !== undefined && url.endsWith(extension));
  const file = fitting.find(({ url }) => url.includes(arch)) ?? fitting[0];
  return { ok: true, release: { version, file, notes: notesText(releaseNotes), minimumSystemVersion } };
}

/** One text, without what a terminal or a page could take for orders. */
function notesText(said: z.infer<typeof Feed>['releaseNotes']): string {
  const text = Array.isArray(said) ? said.map(({ note }) => note ?? '').join('\n\n') : (said ?? '');
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]/gu, '')
    .trim();
  return plain.length > NOTES_MAX ? `${plain.slice(0, NOTES_MAX)}…` : plain;
}
