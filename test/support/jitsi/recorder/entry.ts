import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Message = z.object({
  method: z.string(),
  params: z.unknown(),
  postis: z.literal(true),
  scope: z.string().optional(),
});

/** One line of a recording, `README.md` beside them: what a client saw, what was sent to it, what else happened. */
const Entry = z.object({
  who: z.string(),
  t: z.number().optional(),
  dir: z.enum(['seen', 'sent']).optional(),
  as: z.string().optional(),
  msg: Message.optional(),
  load: z.string().optional(),
  permission: z.string().optional(),
  mediaTypes: z.array(z.string()).optional(),
  note: z.string().optional(),
});
export type Entry = z.infer<typeof Entry>;

/** Reads a line; `undefined` for what is no entry, such as a runtime's own output. */
export function parseEntry(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  return Entry.parse(JSON.parse(line));
}

/** The lines of a recording in `../recordings/`. */
export function readRecording(file: string): Entry[] {
  const text = readFileSync(new URL(`../recordings/${file}`, import.meta.url), 'utf8');
  return text.split('\n').flatMap((line) => parseEntry(line) ?? []);
}

/** The name of the event, command or request that an entry carries. */
export function nameOf({ msg }: Entry): string | undefined {
  const params = msg?.params as { data?: { name?: string } } | undefined;
  return params?.data?.name;
}
