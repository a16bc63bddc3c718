/** When Parley looks for a later version, loads it, and puts it in its place; the updater itself is played. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { Updater } from '../../../../main/updates/updater';
import { Updates } from '../../../../main/updates/updates';
import type { LineCost, UpdateBringer, UpdateFault, UpdateOffer } from '../../../../shared/updates';

const SERVER = 'https://updates.example.com/parley';
const offer: UpdateOffer = { version: '0.3.0', bytes: 85_000_000, notes: 'Clearer calls.' };

let address: string;
let allowed: boolean;
let by: UpdateBringer;
let cost: LineCost;
let inCall: boolean;
let opened: string[];
let done: string[];
let found: UpdateOffer | undefined;
let lookFault: UpdateFault | undefined;
let loadFault: UpdateFault | undefined;
let restartFault: UpdateFault | undefined;
/** Held open, an answer waits for the test. */
let hold: Promise<void>;

const play = (server: string): Updater => ({
  async look() {
    await hold;
    return lookFault === undefined ? { ok: true, offer: found } : { ok: false, fault: lookFault };
  },
  async load(onPercent) {
    onPercent(40);
    await hold;
    return loadFault === undefined ? { ok: true } : { ok: false, fault: loadFault };
  },
  restart() {
    done.push('restart');
    return restartFault;
  },
  discard: () => void done.push(`discard ${server}`),
});

let steps: string[];
let updates: Updates;
beforeEach(() => {
  [address, allowed, by, cost, inCall] = [SERVER, true, 'parley', 'unknown', false];
  [opened, done, steps] = [[], [], []];
  [found, lookFault, loadFault, restartFault] = [offer, undefined, undefined, undefined];
  hold = Promise.resolve();
  updates = new Updates({
    version: '0.2.0',
    address: () => address,
    allowed: () => allowed,
    open: (server) => {
      opened.push(server);
      return Promise.resolve(play(server));
    },
    bringer: () => Promise.resolve(by),
    cost: () => Promise.resolve(cost),
    inCall: () => inCall,
    show: () => void done.push('show'),
    onChange: () => steps.push(updates.state.step),
  });
});

it('asks the user before it loads when it does not know what that costs', async () => {
  await updates.look();
  expect(updates.state).toEqual({ step: 'offered', offer, by: 'parley', cost: 'unknown' });
  await updates.load();
  expect(updates.state).toEqual({ step: 'ready', offer });
  expect(steps).toEqual(['looking', 'offered', 'loading', 'loading', 'ready']);
});

it('looks and shows what comes of it, for the menu', async () => {
  updates.show();
  await vi.waitFor(() => expect(updates.state.step).toBe('offered'));
  expect(done).toEqual(['show']);
});

it('asks on a metered line too', async () => {
  cost = 'metered';
  await updates.look();
  expect(updates.state).toMatchObject({ step: 'offered', cost: 'metered' });
});

it('loads unasked on a line that costs nothing', async () => {
  cost = 'free';
  await updates.look();
  expect(updates.state.step).toBe('ready');
});

it('does not begin to load during a call, but after it', async () => {
  [cost, inCall] = ['free', true];
  await updates.look();
  updates.callChanged();
  expect(updates.state.step).toBe('offered');
  inCall = false;
  updates.callChanged();
  await vi.waitFor(() => expect(updates.state.step).toBe('ready'));
});

it('never restarts during a call', async () => {
  await updates.look();
  await updates.load();
  inCall = true;
  await updates.restart();
  expect(done).toEqual([]);
  inCall = false;
  await updates.restart();
  expect(done).toEqual(['restart']);
});

it('restarts for nothing but a version that is ready', async () => {
  await updates.look();
  await updates.restart();
  expect(done).toEqual([]);
});

it('says why what was loaded cannot be put in its place', async () => {
  restartFault = { code: 'failed', detail: 'no such file' };
  await updates.look();
  await updates.load();
  await updates.restart();
  expect(updates.state).toMatchObject({ step: 'failed', fault: restartFault });
});

it('only tells of a version that others install', async () => {
  [by, cost, found] = ['system', 'free', { ...offer, bytes: undefined }];
  await updates.look();
  expect(updates.state).toMatchObject({ step: 'offered', by: 'system' });
  await updates.load();
  expect(updates.state.step).toBe('offered');
});

it('says so when the release has nothing for this system', async () => {
  found = { ...offer, bytes: undefined };
  await updates.look();
  expect(updates.state).toMatchObject({ step: 'failed', fault: { code: 'not-for-this-system' } });
});

it('says when this is the latest', async () => {
  found = undefined;
  await updates.look();
  expect(updates.state).toEqual({ step: 'current', version: '0.2.0' });
});

it('names the server that gives no answer, and can be asked again', async () => {
  lookFault = { code: 'timeout' };
  await updates.look();
  expect(updates.state).toEqual({
    step: 'failed',
    fault: { code: 'timeout' },
    host: 'updates.example.com',
  });
  lookFault = undefined;
  await updates.look();
  expect(updates.state.step).toBe('offered');
});

it('is not ready with what was loaded wrongly', async () => {
  loadFault = { code: 'damaged' };
  await updates.look();
  await updates.load();
  expect(updates.state).toMatchObject({ step: 'failed', fault: { code: 'damaged' } });
  await updates.restart();
  expect(done).toEqual([]);
});

it('asks nobody without an address, nor against the organisation’s word', async () => {
  address = '';
  await updates.addressChanged();
  await updates.look();
  expect(updates.state).toEqual({ step: 'off', because: 'no-address' });
  [address, allowed] = [SERVER, false];
  await updates.addressChanged();
  await updates.look();
  expect(updates.state).toEqual({ step: 'off', because: 'organisation' });
  expect(opened).toEqual([]);
});

it('installs nothing of a server that is no longer the one', async () => {
  await updates.look();
  await updates.load();
  address = 'https://other.example.com';
  await updates.addressChanged();
  expect(done).toEqual([`discard ${SERVER}`]);
  expect(updates.state).toEqual({ step: 'idle' });
});

it('passes over the late answer of such a server', async () => {
  let release: () => void = () => undefined;
  hold = new Promise((resolve) => (release = resolve));
  const looking = updates.look();
  address = '';
  await updates.addressChanged();
  release();
  await looking;
  expect(updates.state).toEqual({ step: 'off', because: 'no-address' });
});

it('looks long after the start, and then now and then', async () => {
  vi.useFakeTimers();
  try {
    found = undefined;
    updates.keepLooking();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(opened).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(steps).toEqual(['looking', 'current']);
    await vi.advanceTimersByTimeAsync(6 * 60 * 60_000);
    expect(steps).toEqual(['looking', 'current', 'looking', 'current']);
  } finally {
    vi.useRealTimers();
  }
});

it('is not disturbed by an updater that cannot be loaded', async () => {
  const broken = new Updates({
    version: '0.2.0',
    address: () => SERVER,
    allowed: () => true,
    open: () => Promise.reject(new Error('no such file')),
    bringer: () => Promise.resolve(by),
    cost: () => Promise.resolve(cost),
    inCall: () => false,
    show: () => undefined,
    onChange: () => undefined,
  });
  await broken.look();
  expect(broken.state).toMatchObject({ step: 'failed', fault: { code: 'failed', detail: 'no such file' } });
});
