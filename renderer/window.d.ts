import type { ParleyBridge } from '../shared/ipc/commands';

declare global {
  interface Window {
    /** Put there by `preload/shell.ts`. */
    readonly parley: ParleyBridge;
  }
}
