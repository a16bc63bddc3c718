/**
 * `npm run bench:call`: how soon a click in the toolbar mutes, how soon a call is joined, and what calls weigh; each against
 * the meeting's own page, a bare window on the same runtime, or the idle app. The meeting is the stand-in's page, whose
 * own button does next to nothing before it says that it is muted.
 */
import { withCallScene } from './callScene';
import { measureHidden } from './callHidden';
import { measureJoins } from './callJoin';
import { measureCallMemory, measureLeak } from './callMemory';
import { measureMutes } from './callMute';
import { median, percentile, summary } from './statistics';
import type { BenchOptions } from './start';

/** Each way. */
const MUTES = 60;
const JOINS = 9;
const HIDDEN_ROUNDS = 3;
const CALLS_BEFORE = 20;
const CALLS = 200;

/** Measures, tells how, and ends with one line a figure. */
export async function runBench({ electron, print, progress }: BenchOptions): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('bench:call needs Linux: it asks /proc what processes weigh.');
  await withCallScene(async (scene) => {
    const { desktop, servers } = scene;
    progress('joining, in turn with a bare window');
    const joins = await measureJoins(scene, electron, JOINS);
    progress('weighing a call');
    const memory = await measureCallMemory(desktop);
    progress('muting, in turn with the page’s own button');
    await desktop.button('Start voice call').click();
    const room = await desktop.inCall();
    await desktop.microphoneMuted(false);
    const mutes = await measureMutes(desktop, servers.deployment, room, MUTES);
    progress('showing and hiding the meeting, in turn');
    const hidden = await measureHidden(desktop, HIDDEN_ROUNDS);
    await desktop.leave();
    const leak = await measureLeak(desktop, CALLS_BEFORE, CALLS, progress);

    print(
      `Click to joined: Parley ${summary(joins.parley, 'ms')}, bare window ${summary(joins.plain, 'ms')}`,
    );
    print(`Click to the page's word on the microphone: toolbar ${summary(mutes.toolbar, 'ms')}`);
    print(`  the page's own button ${summary(mutes.page, 'ms')}`);
    const more = percentile(mutes.toolbar, 0.99) - percentile(mutes.page, 0.99);
    print(`  99 of 100 clicks in the toolbar take at most ${more.toFixed(1)} ms more`);
    print(
      `Memory (PSS): idle ${memory.idle.toFixed(0)} MiB, in a call ${memory.inCall.toFixed(0)} MiB beside its page`,
    );
    print(
      `  ${leak.few.all.toFixed(0)} MiB after ${CALLS_BEFORE} calls, ${leak.many.all.toFixed(0)} MiB after ${CALLS} more`,
    );
    for (const [kind, many] of leak.many.byKind)
      print(`    ${kind}: ${(leak.few.byKind.get(kind) ?? 0).toFixed(1)}, then ${many.toFixed(1)}`);
    const percent = (shares: readonly number[]) =>
      summary(
        shares.map((share) => 100 * share),
        '%',
      );
    print(`Of one processor, camera on: shown ${percent(hidden.shown)}, hidden ${percent(hidden.hidden)}`);
    print(`call.mute_ratio: ${(median(mutes.toolbar) / median(mutes.page)).toFixed(3)}`);
    print(`call.hotkey_ms: ${median(mutes.hotkey).toFixed(1)}`);
    print(`call.join_ratio: ${(median(joins.parley) / median(joins.plain)).toFixed(3)}`);
    print(`call.pss_ratio: ${(memory.inCall / memory.idle).toFixed(3)}`);
    print(`call.hidden_cpu_ratio: ${(median(hidden.hidden) / median(hidden.shown)).toFixed(3)}`);
    print(`call.leak_ratio: ${(leak.many.all / leak.few.all).toFixed(3)}`);
  });
}
