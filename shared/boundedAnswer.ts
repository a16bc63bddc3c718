/** Reads answers of servers that need not mean well: neither without end, nor longer than was bargained for. */

/** An answer is longer than any that is meant. */
export class AnswerTooLong extends Error {
  constructor(most: number) {
    super(`the answer is longer than ${most} bytes`);
  }
}

/**
 * The text of an answer.
 *
 * @param most bytes; what is longer is cut off from the server.
 * @param signal ends the reading too: a runtime's `fetch` may heed it until the headers have come alone.
 * @throws AnswerTooLong; what `signal` was aborted with; Error when the answer breaks off.
 */
export async function boundedText(response: Response, most: number, signal?: AbortSignal): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', cancel, { once: true });
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > most) {
        cancel();
        throw new AnswerTooLong(most);
      }
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/**
 * The same answer, with its text read already: for libraries that read answers by themselves, and to their end. Throws as
 * {@link boundedText}.
 */
export async function boundedAnswer(
  response: Response,
  most: number,
  signal?: AbortSignal,
): Promise<Response> {
  const { status, headers } = response;
  const text = await boundedText(response, most, signal);
  // Statuses without a body take none, not even an empty one.
  return new Response(text === '' ? null : text, { status, headers });
}
