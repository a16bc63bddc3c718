import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ANSWER_TIMEOUT_MS,
  BRISK_FOR_MS,
  BRISK_MS,
  CALM_MS,
  DeviceTruth,
} from '../../../../main/call/deviceTruth';

interface Question {
  name: string;
  id: string;
}

let asked: Question[];
let states: string[];
let truth: DeviceTruth;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  states = [];
  truth = new DeviceTruth({
    post(text) {
      const { params } = JSON.parse(text) as { params: { id: string; data: { name: string } } };
      asked.push({ id: params.id, name: params.data.name });
    },
    onState: (device, state) => states.push(`${device} ${state}`),
    now: () => Date.now(),
  });
});
afterEach(() => {
  truth.stop();
  vi.useRealTimers();
});

/** The ids of the questions about a device, oldest first. */
const ids = (name: string) => asked.filter((question) => question.name === name).map(({ id }) => id);
const microphoneIds = () => ids('is-audio-muted');

/** Answers the newest question about each device, every round, for a while. */
function answerFor(ms: number, answers: Partial<Record<string, unknown>>): void {
  for (let passed = 0; passed < ms; passed += BRISK_MS) {
    for (const [name, result] of Object.entries(answers)) truth.answer(ids(name).at(-1) ?? '', result);
    vi.advanceTimersByTime(BRISK_MS);
  }
}

describe('questions', () => {
  it('are put at once, about both devices, each with an id that cannot be guessed', () => {
    truth.ask();
    expect(asked.map(({ name }) => name)).toEqual(['is-audio-muted', 'is-video-muted']);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(2);
    for (const { id } of asked) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are not put before they are called for, nor after the end', () => {
    vi.advanceTimersByTime(10_000);
    expect(asked).toEqual([]);
    truth.ask();
    truth.stop();
    vi.advanceTimersByTime(10_000);
    expect(asked).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are brisk for a while, then calm, then brisk again when something happens', () => {
    truth.ask();
    vi.advanceTimersByTime(BRISK_FOR_MS);
    const brisk = BRISK_FOR_MS / BRISK_MS;
    expect(microphoneIds()).toHaveLength(1 + brisk);
    vi.advanceTimersByTime(10 * CALM_MS);
    expect(microphoneIds()).toHaveLength(1 + brisk + 10);
    truth.ask();
    vi.advanceTimersByTime(BRISK_MS);
    expect(microphoneIds()).toHaveLength(1 + brisk + 12);
  });

  it('come from one clock, however often they are called for', () => {
    for (let call = 0; call < 5; call += 1) truth.ask();
    expect(vi.getTimerCount()).toBe(1);
    expect(microphoneIds()).toHaveLength(5);
    vi.advanceTimersByTime(BRISK_MS);
    expect(microphoneIds()).toHaveLength(6);
  });
});

describe('answers', () => {
  it('say what the device is: muted is off, not muted is on', () => {
    truth.ask();
    const [audio = '', video = ''] = asked.map(({ id }) => id);
    truth.answer(video, true);
    truth.answer(audio, false);
    expect(states).toEqual(['camera off', 'microphone on']);
  });

  it('count once; ids that nobody asked are passed over', () => {
    truth.ask();
    const [id = ''] = microphoneIds();
    truth.answer('11', false);
    truth.answer('', false);
    truth.answer(id, true);
    truth.answer(id, false);
    expect(states).toEqual(['microphone off']);
  });

  it('to an older question are out of date once a newer one was answered', () => {
    truth.ask();
    truth.ask();
    const [older = '', newer = ''] = microphoneIds();
    truth.answer(newer, false);
    truth.answer(older, true);
    expect(states).toEqual(['microphone on']);
  });

  it('to a newer question still count after those to an older one', () => {
    truth.ask();
    truth.ask();
    const [older = '', newer = ''] = microphoneIds();
    truth.answer(older, true);
    truth.answer(newer, false);
    expect(states).toEqual(['microphone off', 'microphone on']);
  });

  it('about one device say nothing about the other', () => {
    truth.ask();
    truth.ask();
    const [camera = ''] = ids('is-video-muted').slice(-1);
    truth.answer(camera, true);
    truth.answer(microphoneIds()[0] ?? '', false);
    expect(states).toEqual(['camera off', 'microphone on']);
  });
});

describe('silence', () => {
  it('makes a device unknown when it has lasted too long, and not before', () => {
    truth.ask();
    answerFor(500, { 'is-audio-muted': false, 'is-video-muted': true });
    states = [];
    vi.advanceTimersByTime(ANSWER_TIMEOUT_MS - BRISK_MS);
    expect(states).toEqual([]);
    vi.advanceTimersByTime(CALM_MS + BRISK_MS);
    expect(states.slice(0, 2)).toEqual(['microphone unknown', 'camera unknown']);
  });

  it('about one device leaves the other known', () => {
    truth.ask();
    answerFor(ANSWER_TIMEOUT_MS + 2 * CALM_MS, { 'is-video-muted': true });
    expect(states).toContain('microphone unknown');
    expect(states).not.toContain('camera unknown');
  });

  it.each([undefined, null, 'true', 1, {}])('and an answer that is %j are the same', (result) => {
    truth.ask();
    answerFor(ANSWER_TIMEOUT_MS + 2 * CALM_MS, { 'is-audio-muted': result, 'is-video-muted': result });
    expect(new Set(states)).toEqual(new Set(['microphone unknown', 'camera unknown']));
  });

  it('is not ended by an answer to a question that was given up, but by one that was asked since', () => {
    truth.ask();
    vi.advanceTimersByTime(2 * ANSWER_TIMEOUT_MS);
    states = [];
    truth.answer(microphoneIds()[0] ?? '', false);
    expect(states).toEqual([]);
    truth.answer(microphoneIds().at(-1) ?? '', false);
    expect(states).toEqual(['microphone on']);
  });
});
