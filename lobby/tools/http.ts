/** The cause of a failed `fetch` in words: its own message says no more than that it failed. */
export function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  if (!(cause instanceof Error)) return message;
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message === '' ? (code ?? message) : cause.message;
}

/**
 * The text of an answer.
 *
 * @param most bytes; what is longer is cut off from the server.
 * @throws Error when it is longer or breaks off.
 */
export async function boundedText(response: Response, most: number): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) throw new Error(`the answer is longer than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
