import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaTraffic, READ_RECEIVED, readReceived } from '../../../../main/call/mediaTraffic';

const readFrom = async (page: object) => readReceived(await runInNewContext(READ_RECEIVED, page));

/** A page whose connection in use reports that. */
const pageWith = (...reports: object[]) => ({
  APP: {
    conference: {
      _room: {
        getActivePeerConnection: () => ({
          getStats: () => Promise.resolve(new Map(reports.map((report, id) => [String(id), report]))),
        }),
      },
    },
  },
});

describe('what a page has received', () => {
  it('is what its transports have, whatever else is reported', async () => {
    const page = pageWith(
      { type: 'transport', bytesReceived: 1200 },
      { type: 'inbound-rtp', bytesReceived: 900 },
      { type: 'transport', bytesReceived: 34 },
    );
    expect(await readFrom(page)).toBe(1234);
  });

  it.each([
    ['the client is another', {}],
    ['there is no room yet', { APP: { conference: {} } }],
    ['nobody else is there', { APP: { conference: { _room: { getActivePeerConnection: () => null } } } }],
    ['what it says is no number', pageWith({ type: 'transport', bytesReceived: 'many' })],
    ['what it says is nonsense', pageWith({ type: 'transport', bytesReceived: -1 })],
  ])('is not known when %s', async (_why, page) => {
    expect(await readFrom(page)).toBeUndefined();
  });
});

describe('traffic', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What is said of each count, in turn. */
  async function flowsBy(...counts: (number | undefined)[]): Promise<boolean[]> {
    const traffic = new MediaTraffic(() => Promise.resolve(counts.shift()));
    const said: boolean[] = [];
    while (counts.length > 0) said.push(await traffic.flows());
    return said;
  }

  it('flows when more has come in than the time before', async () => {
    expect(await flowsBy(10, 20, 20, 21)).toEqual([false, true, false, true]);
  });

  it('is taken as none where it is not known, or another connection counts from the start', async () => {
    expect(await flowsBy(undefined, 10, undefined, 30, 5, 6)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('is none for a page that does not answer', async () => {
    const traffic = new MediaTraffic(() => new Promise(() => undefined));
    const flows = traffic.flows();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await flows).toBe(false);
  });
});
