/**
 * Whether sound or picture come in at a meeting page. The IFrame API says nothing of it, so this fixed text is run in the
 * page's own world, as with the page's measurements (`mediaReport.ts`): it counts what the connection in use has received.
 * Jitsi's own tests reach that connection the same way (jitsi-meet `conference.js`, `_room`; lib-jitsi-meet
 * `JitsiConference.ts`, `getActivePeerConnection`). What comes back is good for leaving a probe out, and nothing else.
 */
import { z } from 'zod';

export const READ_RECEIVED = `(async () => {
  const report = await globalThis.APP?.conference?._room?.getActivePeerConnection?.()?.getStats?.();
  if (report === undefined) return undefined;
  return [...report.values()].reduce((sum, { type, bytesReceived }) => type === 'transport' ? sum + bytesReceived : sum, 0);
})()`;

const Received = z.number().nonnegative().optional().catch(undefined);

/** Reads the page's answer, in bytes. `undefined` when it does not tell: another client, or nobody else is there. */
export const readReceived = (answer: unknown): number | undefined => Received.parse(answer);

/** Longest wait for the page's count, in ms: a page that hangs never answers. */
const ANSWER_WITHIN_MS = 250;

/** Remembers what the page counted last. */
export class MediaTraffic {
  readonly #readReceived: () => Promise<number | undefined>;
  #before: number | undefined;

  /** `read` never rejects; it may never resolve. */
  constructor(read: () => Promise<number | undefined>) {
    this.#readReceived = read;
  }

  /** Whether anything has come in since this was asked last; not known is no. Never rejects. */
  async flows(): Promise<boolean> {
    const before = this.#before;
    this.#before = await inTime(this.#readReceived());
    return before !== undefined && this.#before !== undefined && this.#before > before;
  }
}

function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS);
    void answer.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
