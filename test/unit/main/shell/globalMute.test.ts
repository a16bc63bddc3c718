import { beforeEach, describe, expect, it } from 'vitest';
import { GlobalMute } from '../../../../main/shell/globalMute';

const CHORD = 'Mod+Alt+Shift+M';
const ACCELERATOR = 'CommandOrControl+Alt+Shift+M';

let held: Map<string, () => void>;
let taken: Set<string>;
let ran: number;
let mute: GlobalMute;
beforeEach(() => {
  held = new Map();
  taken = new Set();
  ran = 0;
  mute = new GlobalMute({
    keys: {
      register(accelerator, run) {
        if (accelerator === 'F24') throw new Error('conversion failure');
        if (taken.has(accelerator) || held.has(accelerator)) return false;
        held.set(accelerator, run);
        return true;
      },
      unregister: (accelerator) => held.delete(accelerator),
    },
    run: () => {
      ran += 1;
    },
  });
});

describe('the global shortcut', () => {
  it('is taken from the system for the call, and given back', () => {
    mute.update(CHORD, false);
    expect([...held.keys()]).toEqual([]);
    mute.update(CHORD, true);
    mute.update(CHORD, true);
    held.get(ACCELERATOR)?.();
    expect([[...held.keys()], ran]).toEqual([[ACCELERATOR], 1]);
    mute.update(CHORD, false);
    expect([...held.keys()]).toEqual([]);
  });

  it('changes in the middle of a call, or goes', () => {
    mute.update(CHORD, true);
    mute.update('F9', true);
    expect([...held.keys()]).toEqual(['F9']);
    mute.update('', true);
    expect([...held.keys()]).toEqual([]);
  });

  it('is said to be taken when another program has it; the next call tries again', () => {
    taken.add(ACCELERATOR);
    mute.update(CHORD, true);
    expect(mute.isTaken(CHORD)).toBe(true);
    mute.update(CHORD, false);
    taken.clear();
    mute.update(CHORD, true);
    expect([mute.isTaken(CHORD), held.size]).toEqual([false, 1]);
  });

  it('tells when it turns out to be taken, or to be free again, and at no other time', () => {
    const told = (inCall: boolean) => mute.update(CHORD, inCall);
    expect([told(true), told(false)]).toEqual([false, false]);
    taken.add(ACCELERATOR);
    expect([told(true), told(true), told(false)]).toEqual([true, false, false]);
    taken.clear();
    expect([told(true), told(true)]).toEqual([true, false]);
  });

  it('can be tried without being kept, in a call and out of one', () => {
    expect([mute.probe(CHORD), held.size]).toEqual([true, 0]);
    taken.add('F9');
    expect(mute.probe('F9')).toBe(false);
    mute.update(CHORD, true);
    expect([mute.probe('F8'), [...held.keys()]]).toEqual([true, [ACCELERATOR]]);
    expect([mute.probe(CHORD), [...held.keys()]]).toEqual([true, [ACCELERATOR]]);
  });

  it('that Electron does not know is refused, not thrown', () => {
    expect(mute.probe('F24')).toBe(false);
    mute.update('F24', true);
    expect(mute.isTaken('F24')).toBe(true);
  });
});
