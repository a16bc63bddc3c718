/** Whether the installed app was started as the program `parley`. */

/** What the program is asked for by its first word; a link or a switch of Chromium's opens the window. */
const FIRST_WORDS = ['call', 'join', 'mute', 'unmute', 'toggle-mute', 'leave', 'status', 'help', '--help'];

/** @param args behind the executable */
export function asksForProgram([first]: readonly string[]): boolean {
  return first !== undefined && FIRST_WORDS.includes(first);
}
