/**
 * What the meeting page measures of its own sound and picture. The IFrame API says nothing of it, so this fixed text is run
 * in the page's own world: `APP.conference.getStats()`, which Jitsi keeps for its own tests (jitsi-meet `conference.js`,
 * "used by torture"), and of that the few figures that count. The text takes nothing in and leaves nothing behind, and what
 * comes back is a page's word like any other: read by a schema, good for a sign in the status bar and nothing else.
 */
import { z } from 'zod';
import type { MediaReport } from '../../shared/lineQuality';

export const READ_MEDIA_REPORT = `(() => {
  const stats = globalThis.APP?.conference?.getStats?.();
  return { loss: stats?.packetLoss?.total, toBridge: stats?.jvbRTT, toPeer: stats?.transport?.[0]?.rtt, mark: stats?.connectionQuality };
})()`;

/** A figure that is none is left out; it does not cost the others. */
const figure = (most: number) => z.number().min(0).max(most).optional().catch(undefined);

const Report = z.object({
  /** Percent. */
  loss: figure(100),
  /** ms; the page forgets it while two people are connected straight (lib-jitsi-meet `ConnectionQuality`). */
  toBridge: figure(60_000),
  /** ms, of the connection in use. */
  toPeer: figure(60_000),
  mark: figure(100),
});

/** Reads the page's answer. `undefined` when it tells nothing: another client, or one that is still loading. */
export function readMediaReport(answer: unknown): MediaReport | undefined {
  const report = Report.safeParse(answer);
  if (!report.success) return undefined;
  const { loss, toBridge, toPeer, mark } = report.data;
  const roundTripMs = toBridge ?? toPeer;
  return loss === undefined && roundTripMs === undefined && mark === undefined
    ? undefined
    : { lossPercent: loss, roundTripMs, mark };
}
