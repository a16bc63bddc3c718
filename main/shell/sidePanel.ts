import type { CallState } from '../../shared/callState';
import type { SidePanelName } from '../../shared/ipc/commands/side';

/** The panel beside the meeting: which one stands there. It goes with the call. */
export class SidePanel {
  readonly #call: () => CallState;
  readonly #onChange: () => void;
  /** With when the call was joined that it was opened for. */
  #open: { panel: SidePanelName; joinedAt: number } | undefined;

  constructor(call: () => CallState, onChange: () => void) {
    this.#call = call;
    this.#onChange = onChange;
  }

  /** What is shown: nothing without the meeting that it was opened beside. */
  get panel(): SidePanelName | undefined {
    const call = this.#call();
    return call.phase === 'joined' && call.joinedAt === this.#open?.joinedAt ? this.#open.panel : undefined;
  }

  open(panel: SidePanelName): void {
    const call = this.#call();
    if (call.phase !== 'joined' || this.panel === panel) return;
    this.#open = { panel, joinedAt: call.joinedAt };
    this.#onChange();
  }

  close(): void {
    const shown = this.panel !== undefined;
    this.#open = undefined;
    if (shown) this.#onChange();
  }
}
