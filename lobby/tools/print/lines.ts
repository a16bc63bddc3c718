/** Lines of a file, with the end of the last. */
export const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
