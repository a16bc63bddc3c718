import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import type { Seen } from '../../../../main/call/meetingDevices';
import { deviceItems } from '../../../../main/shell/deviceMenu';

const named = (...names: string[]) => names.map((name) => ({ id: `id of ${name}`, name }));
const seen: Seen = {
  audioinput: { devices: named('Desk', 'Bang & Olufsen'), current: 'Bang & Olufsen' },
  audiooutput: { devices: named('Loudspeaker'), current: '' },
  videoinput: { devices: [], current: undefined },
};

const shown = (items: MenuItemConstructorOptions[]) =>
  items.map(({ type, label, checked, enabled }) =>
    type === 'separator'
      ? '-'
      : `${checked === true ? '✓ ' : ''}${label ?? ''}${enabled === false ? ' ✗' : ''}`,
  );

it('names microphones and speakers, and marks what is in use', () => {
  const items = deviceItems({ of: 'sound', seen, choose: () => undefined }, [], () => undefined);
  expect(shown(items)).toEqual([
    ...['Microphone ✗', 'System’s default', 'Desk', '✓ Bang && Olufsen', '-'],
    ...['Speaker ✗', '✓ System’s default', 'Loudspeaker', '-'],
    'Try out devices…',
  ]);
});

it('says what the meeting cannot change', () => {
  const items = deviceItems({ of: 'sound', seen, choose: () => undefined }, ['audiooutput'], () => undefined);
  expect(shown(items).slice(5, 10)).toEqual([
    ...['Speaker ✗', 'The meeting cannot change it ✗', '✓ System’s default ✗', 'Loudspeaker ✗', '-'],
  ]);
});

it('says that there is no camera', () => {
  const items = deviceItems({ of: 'camera', seen, choose: () => undefined }, [], () => undefined);
  expect(shown(items)).toEqual(['Camera ✗', 'None is connected ✗', '-', 'Try out devices…']);
});

it('hands on the choice by name', () => {
  const chosen: string[] = [];
  const choose = (kind: string, name: string) => chosen.push(`${kind}: ${name}`);
  for (const item of deviceItems({ of: 'sound', seen, choose }, [], () => undefined)) {
    if (item.type === 'checkbox') (item.click as () => void)();
  }
  expect(chosen).toEqual([
    'audioinput: ',
    'audioinput: Desk',
    'audioinput: Bang & Olufsen',
    'audiooutput: ',
    'audiooutput: Loudspeaker',
  ]);
});
