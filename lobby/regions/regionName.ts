import { ROOM_NAME_MAX, ROOM_WORDS, newRoomName } from '../../shared/roomName';

const longestWord = ROOM_WORDS.reduce(
  (longest, word, index) => (word.length > (ROOM_WORDS[longest]?.length ?? 0) ? index : longest),
  0,
);

/**
 * Longest name of a region, characters: outside of the default region new rooms begin with it and a hyphen, and whatever
 * words follow, that must still be a room name.
 */
export const REGION_NAME_MAX = ROOM_NAME_MAX - '-'.length - newRoomName(() => longestWord).length;
