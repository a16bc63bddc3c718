import { expect, it } from 'vitest';
import { LinkQueue } from '../../../../main/links/linkQueue';

it('keeps what comes early, in order, and hands on what comes late', () => {
  const queue = new LinkQueue();
  const taken: string[] = [];
  queue.push('parley://call');
  queue.pushFrom(['/opt/parley', '--no-sandbox', 'parley://join?lobby=x', 'parley://call']);
  queue.deliverTo((link) => taken.push(link));
  queue.pushFrom(['/opt/parley', 'PARLEY://call']);
  expect(taken).toEqual(['parley://call', 'parley://join?lobby=x', 'PARLEY://call']);
});

it('finds no link in a command line without one', () => {
  const queue = new LinkQueue();
  const taken: string[] = [];
  queue.deliverTo((link) => taken.push(link));
  queue.pushFrom(['/opt/parley', '--x=parley://call', 'https://lobby.example.com', '/home/parley:x']);
  expect(taken).toEqual([]);
});
