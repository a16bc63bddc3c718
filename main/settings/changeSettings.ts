import type { ChangeResult } from '../../shared/ipc/snapshot';
import type { Settings } from './settings';

/** Changes settings; a file that cannot be written is an answer and no error. */
export async function changeSettings(
  settings: Settings,
  changes: Parameters<Settings['change']>[0],
): Promise<ChangeResult> {
  try {
    await settings.change(changes);
    return { ok: true };
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : String(error) };
  }
}
