import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { READ_MEDIA_REPORT, readMediaReport } from '../../../../main/call/mediaReport';

/** What is read of a page that has this on its `window`. */
const readFrom = (window: object) => readMediaReport(runInNewContext(READ_MEDIA_REPORT, window));

describe('what the page measures', () => {
  it('is read from the statistics of a call over a bridge', () => {
    const stats = {
      connectionQuality: 70,
      jvbRTT: 38,
      packetLoss: { total: 3, upload: 1, download: 3 },
      bitrate: { upload: 41, download: 32 },
      transport: [{ ip: '203.0.113.7:10000', type: 'udp', p2p: false, rtt: 41 }],
    };
    expect(readFrom({ APP: { conference: { getStats: () => stats } } })).toEqual({
      lossPercent: 3,
      roundTripMs: 38,
      mark: 70,
    });
  });

  it('is read from the statistics of two who are connected straight', () => {
    const stats = { connectionQuality: 100, packetLoss: { total: 0 }, transport: [{ p2p: true, rtt: 4 }] };
    expect(readFrom({ APP: { conference: { getStats: () => stats } } })).toEqual({
      lossPercent: 0,
      roundTripMs: 4,
      mark: 100,
    });
  });

  it.each([
    ['there is no Jitsi', {}],
    ['the client has no statistics', { APP: { conference: {} } }],
    ['nothing was measured yet', { APP: { conference: { getStats: () => ({}) } } }],
    ['there is no room yet', { APP: { conference: { getStats: () => undefined } } }],
  ])('is nothing when %s', (_what, window) => {
    expect(readFrom(window)).toBeUndefined();
  });

  it.each([undefined, null, 'good', 7, []])('is nothing when the page answers %j', (answer) => {
    expect(readMediaReport(answer)).toBeUndefined();
  });

  it('leaves out figures that are none, and keeps the others', () => {
    const answer = { loss: -1, toBridge: Number.NaN, toPeer: '4', mark: 55 };
    expect(readMediaReport(answer)).toEqual({ lossPercent: undefined, roundTripMs: undefined, mark: 55 });
  });
});
