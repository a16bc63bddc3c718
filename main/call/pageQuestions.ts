/** Questions to a meeting page, each with the answer that belongs to it. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { encodeRequest } from '../../shared/jitsi/codec';
import type { JitsiRequest } from '../../shared/jitsi/requests';

/** After so long no answer comes any more, in ms. The page answers within milliseconds; `setDevice` took 36 (recorded). */
export const PATIENCE_MS = 5_000;

export class PageQuestions {
  readonly #post: (text: string) => void;
  readonly #waiting = new Map<string, (result: unknown) => void>();
  #over = false;

  constructor(post: (text: string) => void) {
    this.#post = post;
  }

  /** Asks; `undefined` when no answer comes, or one that is not of the form. */
  async ask<Schema extends z.ZodType>(
    request: JitsiRequest,
    schema: Schema,
  ): Promise<z.infer<Schema> | undefined> {
    if (this.#over) return undefined;
    const id = randomUUID();
    const result = await new Promise<unknown>((resolve) => {
      const timer = setTimeout(() => this.answer(id, undefined), PATIENCE_MS);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#post(encodeRequest(request, id));
    });
    const parsed = schema.safeParse(result);
    return parsed.success ? parsed.data : undefined;
  }

  /** Takes an answer of the page; false when it is not to one of these questions. */
  answer(id: string, result: unknown): boolean {
    const take = this.#waiting.get(id);
    this.#waiting.delete(id);
    take?.(result);
    return take !== undefined;
  }

  /** The page is gone: whoever waits gets nothing. */
  stop(): void {
    this.#over = true;
    for (const id of [...this.#waiting.keys()]) this.answer(id, undefined);
  }
}
