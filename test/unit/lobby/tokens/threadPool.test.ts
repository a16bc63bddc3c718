import { expect, it } from 'vitest';
import { sizeThreadPool } from '../../../../lobby/tokens/threadPool';

it.each([
  [2, {}, {}],
  [16, {}, { UV_THREADPOOL_SIZE: '16' }],
  [96, {}, { UV_THREADPOOL_SIZE: '32' }],
  [16, { UV_THREADPOOL_SIZE: '3' }, { UV_THREADPOOL_SIZE: '3' }],
])('with %d processors and %j: %j', (processors, given, expected) => {
  const environment: NodeJS.ProcessEnv = { ...given };
  sizeThreadPool(environment, processors);
  expect(environment).toEqual(expected);
});
