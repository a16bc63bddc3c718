/**
 * `npm run bench:call`: how soon a click in the toolbar mutes, how soon a call is joined, and what calls weigh; each against
 * the meeting's own page, a bare window on the same runtime, or the idle app.
 *
 * The meeting is the stand-in's page, and it joins and mutes at two paces. At first as tests have it: it does next to nothing
 * itself, so that what Parley adds stands there bare, in ms. Against such a page no way through a lobby, or a second process,
 * could come near 1.1, whatever it does. A person has the real client, which takes the greater part of the time itself, however
 * it was opened: `call.mute_ratio` and `call.join_ratio` are measured on a page that takes as long as the client was recorded to
 * ({@link RECORDED_SWITCH_MS}, `RECORDED_OPENING`, and what is not recorded). The ratios are those of such a page; the ms are
 * those of any.
 */
import { RECORDED_SWITCH_MS } from '../test/support/jitsi/deployment';
import { type CallScene, withCallScene } from './callScene';
import { measureHidden } from './callHidden';
import { type JoinTimes, measureJoins } from './callJoin';
import { measureCallMemory, measureLeak } from './callMemory';
import { measureHotkey, measureMutes, type MuteScene, type MuteTimes } from './callMute';
import { median, percentile, summary } from './statistics';
import type { BenchOptions } from './start';

/** Each way. */
const MUTES = 60;
const JOINS = { calls: 15, recordedCalls: 9 };
const HIDDEN_ROUNDS = 3;
const CALLS_BEFORE = 20;
const CALLS = 200;

/** Measures, tells how, and ends with one line a figure. */
export async function runBench({ electron, print, progress }: BenchOptions): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('bench:call needs Linux: it asks /proc what processes weigh.');
  const { joins, memory, bare, hotkey, hidden, leak } = await withCallScene(async (scene) => {
    const { desktop } = scene;
    progress('joining, in turn with a bare window');
    const joins = await measureJoins(scene, electron, JOINS);
    progress('weighing a call');
    const memory = await measureCallMemory(desktop);
    progress('muting, in turn with the page’s own button');
    const call = await startCall(scene);
    const bare = await measureMutes(call, MUTES);
    const hotkey = await measureHotkey(call, MUTES);
    progress('showing and hiding the meeting, in turn');
    const hidden = await measureHidden(desktop, HIDDEN_ROUNDS);
    await desktop.leave();
    const leak = await measureLeak(desktop, CALLS_BEFORE, CALLS, progress);
    return { joins, memory, bare, hotkey, hidden, leak };
  });
  progress('muting on a page that takes its time, in turn with its own button');
  const mutes = await withCallScene(async (scene) => measureMutes(await startCall(scene), MUTES), {
    switchMs: RECORDED_SWITCH_MS,
  });

  print('Click to joined:');
  printJoins(print, 'a page that takes no time itself', joins.bare);
  printJoins(print, 'one that takes as long as the recorded client', joins.recorded);
  print("Click to the page's word on the microphone:");
  printMutes(print, 'a page that takes no time itself', bare);
  printMutes(print, `one that takes the ${RECORDED_SWITCH_MS} ms of the recorded client`, mutes);
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
  print(`call.mute_ratio: ${ratioOf(mutes)}`);
  print(`call.hotkey_ms: ${median(hotkey).toFixed(1)}`);
  print(`call.join_ratio: ${joinRatio(joins.recorded)}`);
  print(`call.pss_ratio: ${(memory.inCall / memory.idle).toFixed(3)}`);
  print(`call.hidden_cpu_ratio: ${(median(hidden.hidden) / median(hidden.shown)).toFixed(3)}`);
  print(`call.leak_ratio: ${(leak.many.all / leak.few.all).toFixed(3)}`);
}

/** A call with an open microphone. */
async function startCall({ desktop, servers: { deployment } }: CallScene): Promise<MuteScene> {
  await desktop.button('Start voice call').click();
  const room = await desktop.inCall();
  await desktop.microphoneMuted(false);
  return { desktop, deployment, room };
}

const ratioOf = ({ toolbar, page }: MuteTimes) => (median(toolbar) / median(page)).toFixed(3);

const joinRatio = ({ parley, plain }: JoinTimes) => (median(parley) / median(plain)).toFixed(3);

function printJoins(print: BenchOptions['print'], name: string, times: JoinTimes): void {
  const { parley, plain } = times;
  print(`  ${name}: Parley ${summary(parley, 'ms')}, bare window ${summary(plain, 'ms')}`);
  const more = (median(parley) - median(plain)).toFixed(0);
  print(`    Parley takes ${more} ms more (ratio ${joinRatio(times)})`);
}

function printMutes(print: BenchOptions['print'], name: string, times: MuteTimes): void {
  const { toolbar, page } = times;
  print(`  ${name}: toolbar ${summary(toolbar, 'ms')}, own button ${summary(page, 'ms')}`);
  const more = (part: number) => (percentile(toolbar, part) - percentile(page, part)).toFixed(1);
  print(
    `    the toolbar takes ${more(0.5)} ms more (ratio ${ratioOf(times)}), 99 of 100 clicks ${more(0.99)}`,
  );
}
