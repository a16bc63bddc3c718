import { expect, it } from 'vitest';
import { SidePanel } from '../../../../main/shell/sidePanel';
import { type CallState } from '../../../../shared/callState';
import { joinedCall } from '../../../support/joinedCall';

function opened(): { side: SidePanel; setCall: (call: CallState) => void; changes: () => number } {
  let call: CallState = joinedCall();
  let changes = 0;
  const side = new SidePanel(
    () => call,
    () => {
      changes += 1;
    },
  );
  side.open('subject');
  return {
    side,
    setCall: (next) => {
      call = next;
    },
    changes: () => changes,
  };
}

it('shows one panel, and tells of each change once', () => {
  const { side, changes } = opened();
  side.open('subject');
  expect(side.panel).toBe('subject');
  expect(changes()).toBe(1);
  side.open('stream');
  expect(side.panel).toBe('stream');
  side.close();
  side.close();
  expect(side.panel).toBeUndefined();
  expect(changes()).toBe(3);
});

it('goes with its call, and does not come back with the next', () => {
  const { side, setCall } = opened();
  setCall({ phase: 'idle' });
  expect(side.panel).toBeUndefined();
  setCall({ ...joinedCall(), joinedAt: 99 });
  expect(side.panel).toBeUndefined();
});

it('opens beside a call that is joined, and only there', () => {
  const { side, setCall, changes } = opened();
  setCall({ phase: 'idle' });
  side.open('stream');
  setCall(joinedCall());
  expect(side.panel).toBe('subject');
  expect(changes()).toBe(1);
});
