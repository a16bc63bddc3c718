import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { guardUpdateSession, isBounded } from '../../../../main/security/updateSession';

type Listener = (details: object, answer: (response: { cancel: boolean }) => void) => void;

/** The two listeners that the guard sets, as questions. */
function guarded(bytes: number) {
  const listeners: Record<string, Listener> = {};
  const set = (name: string) => (listener: Listener) => (listeners[name] = listener);
  const webRequest = { onBeforeRequest: set('request'), onHeadersReceived: set('headers') };
  guardUpdateSession({ webRequest } as unknown as Session, {
    origin: 'https://updates.example.com',
    bytes: () => bytes,
  });
  const ask = (name: string, details: object) => {
    let cancelled: boolean | undefined;
    listeners[name]?.(details, ({ cancel }) => (cancelled = cancel));
    return cancelled;
  };
  return {
    cancelsRequest: (url: string) => ask('request', { url }),
    cancelsAnswer: (statusCode: number, responseHeaders?: Record<string, string[]>) =>
      ask('headers', { statusCode, responseHeaders }),
  };
}

it.each([
  ['https://updates.example.com/parley/a.AppImage', false],
  ['https://updates.example.com:8443/parley/a.AppImage', true],
  ['http://updates.example.com/parley/a.AppImage', true],
  ['https://evil.example/updates.example.com', true],
  ['https://updates.example.com.evil.example/', true],
  ['file:///etc/passwd', true],
])('a request for %s is cancelled: %s', (url, cancelled) => {
  expect(guarded(1).cancelsRequest(url)).toBe(cancelled);
});

// All that electron-updater would write to the disk as the file.
it.each([200, 201, 206, 226, 304])(
  'cancels an answer of status %d longer than announced, or of no length',
  (status) => {
    const { cancelsAnswer } = guarded(100);
    expect(cancelsAnswer(status, { 'Content-Length': ['100'] })).toBe(false);
    expect(cancelsAnswer(status, { 'Content-Length': ['101'] })).toBe(true);
    expect(cancelsAnswer(status)).toBe(true);
  },
);

it.each([302, 404])(
  'lets an answer of status %d be: what is not the file has no length to keep',
  (status) => {
    expect(guarded(100).cancelsAnswer(status)).toBe(false);
  },
);

describe('an answer is bounded', () => {
  it.each([
    [{ 'content-length': ['5'] }, true],
    [{ 'CONTENT-LENGTH': ['5'], 'content-encoding': ['identity'] }, true],
    [{ 'content-length': ['5'], 'Content-Encoding': ['gzip'] }, false],
    [{ 'content-length': ['5', '6'] }, false],
    [{ 'content-length': ['5'], 'Content-Length': ['6'] }, false],
    [{ 'content-length': ['-5'] }, false],
    [{ 'content-length': ['5e1'] }, false],
    [{ 'transfer-encoding': ['chunked'] }, false],
    [{}, false],
  ])('with %j: %s', (headers: Record<string, string[]>, bounded) => {
    expect(isBounded(headers, 10)).toBe(bounded);
  });
});
