/** Which devices a call's page is told to use, over a page played by its answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MeetingDevices, SETTLE_MS } from '../../../../main/call/meetingDevices';
import { PageQuestions } from '../../../../main/call/pageQuestions';
import { type CallState, IDLE, next } from '../../../../shared/callState';
import { type DeviceMemory, withChoice } from '../../../../shared/devices';
import type { DeviceKind } from '../../../../shared/jitsi/requests';
import { newRoom } from './runningSession';

const MICROPHONES = ['Desk', 'Headset'];

/** A page that has devices and uses one of each kind. It takes another as told, unless it is stubborn. */
class DevicePage {
  readonly questions = new PageQuestions((text) => this.#asked(text));
  readonly told: string[] = [];
  devices: Record<string, string[]> = {
    audioInput: MICROPHONES,
    audioOutput: ['Loudspeaker', 'Headset'],
    videoInput: ['Webcam', 'Lid'],
  };
  current: Record<string, string | undefined> = { audioInput: 'default', audioOutput: 'default' };
  changeable = { input: true, output: true };
  stubborn = false;

  #asked(text: string): void {
    const { id, data } = (JSON.parse(text) as { params: { id: string; data: Request } }).params;
    queueMicrotask(() => this.questions.answer(id, this.#answer(data)));
  }

  #answer(request: Request): unknown {
    switch (request.name) {
      case 'getAvailableDevices':
        return Object.fromEntries(
          Object.entries(this.devices).map(([field, names]) => [
            field,
            [...(field === 'videoInput' ? [] : ['default']), ...names].map((name) => device(field, name)),
          ]),
        );
      case 'getCurrentDevices':
        return Object.fromEntries(
          Object.entries(this.current).map(([field, name]) => [field, name && device(field, name)]),
        );
      case 'isDeviceChangeAvailable':
        return this.changeable[request.deviceType];
      case 'setDevice': {
        this.told.push(request.device.id);
        if (!this.stubborn) this.current[fieldOf(request.device.kind)] = nameOf(request.device.id);
        return true;
      }
    }
  }
}

type Request =
  | { name: 'getAvailableDevices' | 'getCurrentDevices' }
  | { name: 'isDeviceChangeAvailable'; deviceType: 'input' | 'output' }
  | { name: 'setDevice'; device: { kind: string; id: string } };

const fieldOf = (kind: string) => kind.replace('input', 'Input').replace('output', 'Output');
const nameOf = (id: string) => id.replace(/^\w+\//, '');
const device = (field: string, name: string) => ({
  deviceId: name === 'default' ? 'default' : `${field}/${name}`,
  kind: field.toLowerCase(),
  label: name === 'default' ? 'Default - Desk' : name,
  groupId: 'g',
});

const room = newRoom(false);
const intent = { target: { kind: 'new' as const }, media: 'audio' as const, free: false };
const joined = (() => {
  const opened = next(next(IDLE, { type: 'requested', intent }), { type: 'opened', room });
  const event = { name: 'video-conference-joined', roomName: 'brisk-otter', id: 'me' } as const;
  return next(opened, { type: 'page', event, at: 0 });
})();
const withDevice = (state: CallState, name: 'microphone' | 'camera', on: boolean) =>
  next(state, { type: 'device', device: name, state: on ? 'on' : 'off' });

let page: DevicePage;
let memory: DeviceMemory;
let devices: MeetingDevices;

beforeEach(() => {
  vi.useFakeTimers();
  page = new DevicePage();
  memory = [];
  devices = new MeetingDevices({
    questions: () => page.questions,
    memory: () => memory,
    onChange: () => undefined,
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(3 * SETTLE_MS);
const remember = (kind: DeviceKind, present: string[], chosen: string) => {
  memory = withChoice(memory, { kind, present, chosen });
};
async function join(): Promise<void> {
  devices.onCall(joined);
  devices.onCall(withDevice(joined, 'microphone', true));
  await settle();
}

describe('a call', () => {
  it('is left alone when nothing was ever chosen', async () => {
    await join();
    expect(page.told).toEqual([]);
    expect(devices.state).toEqual({ remembered: [], fixed: [], lost: [] });
  });

  it('gets the speaker at once, and the microphone when it is open', async () => {
    remember('audioinput', MICROPHONES, 'Headset');
    remember('audiooutput', ['Loudspeaker', 'Headset'], 'Headset');
    devices.onCall(joined);
    await settle();
    expect(page.told).toEqual(['audioOutput/Headset']);
    devices.onCall(withDevice(joined, 'microphone', true));
    await settle();
    expect(page.told).toEqual(['audioOutput/Headset', 'audioInput/Headset']);
  });

  it('gets the camera while that is on, and not before', async () => {
    remember('videoinput', ['Webcam', 'Lid'], 'Lid');
    await join();
    expect(page.told).toEqual([]);
    page.current['videoInput'] = 'Webcam';
    devices.onCall(withDevice(joined, 'camera', true));
    await settle();
    expect(page.told).toEqual(['videoInput/Lid']);
  });

  it('is told nothing when the page has taken the right one by its address', async () => {
    remember('audioinput', MICROPHONES, 'Headset');
    page.current['audioInput'] = 'Headset';
    await join();
    expect(page.told).toEqual([]);
  });

  it('is told once, however often its devices open and close, when it does not follow', async () => {
    remember('audioinput', MICROPHONES, 'Headset');
    page.stubborn = true;
    await join();
    for (const on of [false, true, false, true]) {
      devices.onCall(withDevice(joined, 'microphone', on));
      await settle();
    }
    expect(page.told).toEqual(['audioInput/Headset']);
  });

  it('follows the next choice, also back to the default of the system', async () => {
    await join();
    remember('audioinput', MICROPHONES, 'Headset');
    devices.chosen('audioinput');
    await settle();
    remember('audioinput', MICROPHONES, '');
    devices.chosen('audioinput');
    await settle();
    expect(page.told).toEqual(['audioInput/Headset', 'default']);
  });

  it('is not told what it says it cannot do', async () => {
    page.changeable.output = false;
    await join();
    expect(devices.state.fixed).toEqual(['audiooutput']);
    remember('audiooutput', ['Loudspeaker', 'Headset'], 'Headset');
    devices.chosen('audiooutput');
    await settle();
    expect(page.told).toEqual([]);
  });

  it('gets its devices anew with every page', async () => {
    remember('audioinput', MICROPHONES, 'Headset');
    await join();
    devices.onCall(next(joined, { type: 'rejoining', because: { code: 'page-hung' } }));
    page = new DevicePage();
    await join();
    expect(page.told).toEqual(['audioInput/Headset']);
  });
});

it('a device is told of when it goes in the very moment after it was chosen', async () => {
  await join();
  remember('audioinput', MICROPHONES, 'Headset');
  devices.chosen('audioinput');
  await vi.advanceTimersByTimeAsync(SETTLE_MS / 2);
  expect(page.told).toEqual(['audioInput/Headset']);
  page.devices['audioInput'] = ['Desk'];
  page.current['audioInput'] = undefined;
  devices.onListChanged();
  await settle();
  expect(devices.state.lost).toEqual([{ kind: 'audioinput', name: 'Headset', now: '' }]);
  expect(page.told).toEqual(['audioInput/Headset', 'default']);
});

describe('a device that is unplugged', () => {
  beforeEach(async () => {
    remember('audioinput', MICROPHONES, 'Headset');
    await join();
    expect(page.current['audioInput']).toBe('Headset');
    page.devices['audioInput'] = ['Desk'];
  });

  it('gives way to the default, and that is said', async () => {
    devices.onListChanged();
    await settle();
    expect(page.told.at(-1)).toBe('default');
    expect(devices.state.lost).toEqual([{ kind: 'audioinput', name: 'Headset', now: '' }]);
  });

  it('gives way to what was chosen for the devices that are left', async () => {
    remember('audioinput', ['Desk'], 'Desk');
    devices.onListChanged();
    await settle();
    expect(page.told.at(-1)).toBe('audioInput/Desk');
    expect(devices.state.lost).toEqual([{ kind: 'audioinput', name: 'Headset', now: 'Desk' }]);
  });

  it('is said also when the page has found another by itself, which is then left alone', async () => {
    page.current['audioInput'] = 'Desk';
    const before = page.told.length;
    devices.onListChanged();
    await settle();
    expect(page.told).toHaveLength(before);
    expect(devices.state.lost).toEqual([{ kind: 'audioinput', name: 'Headset', now: 'Desk' }]);
  });

  it('is used again when it is back, and no more is said', async () => {
    devices.onListChanged();
    await settle();
    page.devices['audioInput'] = MICROPHONES;
    devices.onListChanged();
    await settle();
    expect(page.told.at(-1)).toBe('audioInput/Headset');
    expect(devices.state.lost).toEqual([]);
  });

  it('is said until the user knows', async () => {
    devices.onListChanged();
    await settle();
    devices.dismiss('audiooutput');
    expect(devices.state.lost).toHaveLength(1);
    devices.dismiss('audioinput');
    expect(devices.state.lost).toEqual([]);
  });

  it('is said until the call is over', async () => {
    devices.onListChanged();
    await settle();
    devices.onCall(IDLE);
    expect(devices.state.lost).toEqual([]);
  });
});

it('what is not open shows what it would be', async () => {
  remember('audioinput', MICROPHONES, 'Headset');
  devices.onCall(joined);
  expect((await devices.see())?.audioinput.current).toBe('Headset');
  expect((await devices.see())?.audiooutput.current).toBe('');
});
