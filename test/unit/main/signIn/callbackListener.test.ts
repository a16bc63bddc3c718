import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallbackListener } from '../../../../main/signIn/callbackListener';

let listener: CallbackListener;
beforeEach(async () => {
  listener = await CallbackListener.open('right');
});
afterEach(() => listener.finish('failed'));
const back = (query: string) => fetch(`${listener.redirectUri}?${query}`);

describe('the listener that a browser comes back to', () => {
  it('is on this machine alone', () => {
    expect(listener.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  it('answers the right one when the sign-in has ended, and nobody after that', async () => {
    const page = back('state=right&code=secret-code');
    expect((await listener.returned).searchParams.get('code')).toBe('secret-code');
    listener.finish('done');
    listener.finish('failed');
    const response = await page;
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const text = await response.text();
    expect(text).toContain('You are signed in');
    expect(text).not.toMatch(/secret-code|<script/);
    await expect(back('state=right&code=again')).rejects.toThrow();
  });

  it.each(['state=wrong&code=x', 'code=x', '', 'state='])(
    'tells what is not its own so: %s',
    async (query) => {
      const response = await back(query);
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringContaining('does not belong to the sign-in'),
      ]);
    },
  );

  it('takes the answer once, though it comes twice', async () => {
    const first = back('state=right&code=one');
    await listener.returned;
    expect((await back('state=right&code=two')).status).toBe(400);
    listener.finish('done');
    expect((await first).status).toBe(200);
    expect((await listener.returned).searchParams.get('code')).toBe('one');
  });

  it('knows no other address and no other method', async () => {
    const elsewhere = await fetch(new URL('/favicon.ico?state=right', listener.redirectUri));
    const posted = await fetch(`${listener.redirectUri}?state=right`, { method: 'POST' });
    expect([elsewhere.status, posted.status]).toEqual([404, 404]);
  });
});
