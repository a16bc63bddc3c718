/** From the start of a call to being in it: Parley, and a bare window that opens the same kind of link, in turn. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright-core';
import { CallReply } from '../shared/lobbyApi';
import { meetingUrl } from '../shared/jitsi/meetingUrl';
import { SANDBOX_ARGS } from '../test/support/desktopApp';
import { RECORDED_OPENING } from '../test/support/jitsi/deployment';
import type { Pace } from '../test/support/jitsi/pageFiles';
import type { CallScene } from './callScene';
import { median } from './statistics';

const EMPTY_WINDOW = fileURLToPath(new URL('./emptyWindow', import.meta.url));

/** Rounds of the page's work by which it is found out how long one takes here. */
const TRIED_ROUNDS = 5_000;

/** ms for each call. */
export interface JoinTimes {
  /** From the click to "In call" in the status bar; what the lobby takes is in it. */
  readonly parley: number[];
  /** From opening a window to the page's own word that it has joined. */
  readonly plain: number[];
}

export interface Joins {
  /** On the stand-in's page as it is, which takes hardly any time itself. */
  readonly bare: JoinTimes;
  /** On one that takes as long as the real client was recorded to. */
  readonly recorded: JoinTimes;
}

/** `calls` calls each way on the bare page, then `recordedCalls` on the other, after one of each that does not count. */
export async function measureJoins(
  scene: CallScene,
  electron: string,
  { calls, recordedCalls }: { calls: number; recordedCalls: number },
): Promise<Joins> {
  const { servers, token } = scene;
  const profile = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const plain = await _electron.launch({
    executablePath: electron,
    args: [EMPTY_WINDOW, ...SANDBOX_ARGS, '--use-fake-device-for-media-stream'],
    env: { ...(process.env as Record<string, string>), EMPTY_WINDOW_USER_DATA_DIR: profile },
  });
  const open = async () => openPlain(plain, await linkOf(servers.lobby.url, token));
  try {
    await plain.firstWindow();
    const bare = await inTurn(scene, open, calls);
    servers.deployment.setPace(await recordedPace(scene, open, median(bare.plain)));
    return { bare, recorded: await inTurn(scene, open, recordedCalls) };
  } finally {
    servers.deployment.setPace(undefined);
    await plain.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function inTurn(
  { desktop }: CallScene,
  open: () => Promise<number>,
  calls: number,
): Promise<JoinTimes> {
  const times: JoinTimes = { parley: [], plain: [] };
  for (let call = 0; call <= calls; call += 1) {
    const plainTook = await open();
    const parleyTook = await startCall(desktop);
    if (call === 0) continue;
    times.plain.push(plainTook);
    times.parley.push(parleyTook);
  }
  return times;
}

/**
 * The pace at which a bare window takes as long as the real client was recorded to. Up to its first word the page has work to
 * do, not time to pass: whoever takes the processor from it makes it slower.
 */
async function recordedPace(
  { servers: { deployment } }: CallScene,
  open: () => Promise<number>,
  bareMs: number,
): Promise<Pace> {
  deployment.setPace({ rounds: TRIED_ROUNDS, waitMs: 0 });
  const times = [await open(), await open(), await open()];
  const roundMs = (median(times) - bareMs) / TRIED_ROUNDS;
  if (roundMs <= 0) throw new Error('the page did none of the work that it was told to do');
  const { loadMs, joinMs } = RECORDED_OPENING;
  return { rounds: Math.round((loadMs - bareMs) / roundMs), waitMs: joinMs };
}

async function startCall(desktop: CallScene['desktop']): Promise<number> {
  const took = desktop.shell.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let clickedAt = Number.NaN;
        addEventListener('click', ({ timeStamp }) => (clickedAt = timeStamp), { capture: true, once: true });
        const status = document.querySelector('[role=status]') ?? document.body;
        const observer = new MutationObserver(() => {
          if (!status.textContent.includes('In call')) return;
          observer.disconnect();
          resolve(performance.now() - clickedAt);
        });
        observer.observe(status, { childList: true, characterData: true, subtree: true });
      }),
  );
  await desktop.button('Start voice call').click();
  const ms = await took;
  await desktop.microphoneMuted(false);
  await desktop.leave();
  return ms;
}

/** A new window with a session of its own in memory, as a call of Parley's has one: nothing is cached for either. */
function openPlain(plain: ElectronApplication, url: string): Promise<number> {
  return plain.evaluate(async ({ BrowserWindow }, address) => {
    const startedAt = performance.now();
    const window = new BrowserWindow({
      width: 1080,
      height: 720,
      webPreferences: { partition: `plain-${startedAt}`, sandbox: true, contextIsolation: true },
    });
    window.webContents.once('dom-ready', () => {
      void window.webContents.executeJavaScript(
        `addEventListener('message', ({ data }) => {
          if (String(data).includes('"video-conference-joined"')) console.info('has joined');
        })`,
      );
    });
    const joined = new Promise<number>((resolve) => {
      window.webContents.on('console-message', (_event, _level, message) => {
        if (message === 'has joined') resolve(performance.now() - startedAt);
      });
    });
    void window.loadURL(address);
    const took = await joined;
    window.destroy();
    return took;
  }, url);
}

/** A link of the lobby's, as Parley opens it. */
async function linkOf(lobby: string, token: string): Promise<string> {
  const reply = await fetch(`${lobby}/api/v1/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Bench', media: 'audio' }),
  });
  const { room, token: roomToken, deployment } = CallReply.parse(await reply.json());
  return meetingUrl({ deployment: deployment.url, room, token: roomToken });
}
