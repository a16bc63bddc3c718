/** electron-updater, held to one server. This file is loaded when somebody first looks for updates, and not before. */
import { app, session } from 'electron';
import type { AppUpdater, UpdateCheckResult } from 'electron-updater';
import { NET_SESSION_NAME } from 'electron-updater/out/electronHttpExecutor';
import type { UpdateFault } from '../../shared/updates';
import { errorText, type Fetch } from '../call/httpJson';
import { networkFaultOf } from '../call/networkFault';
import { guardUpdateSession } from '../security/updateSession';
import { FeedError, FeedProvider, type FeedOptions } from './feedProvider';
import { feedText } from './feedText';
import type { Updater } from './updater';

/** Longest silence while a file is loaded, in ms: electron-updater itself would wait for ever. */
const SILENCE_MAX_MS = 60_000;

/**
 * @param address of the folder that the feed lies in, checked already.
 * @param onRenamed an AppImage whose name has a version in it gets the later one's name; the app ends right after.
 */
export async function openUpdater(
  address: string,
  fetch: Fetch,
  onRenamed: (file: string) => void,
): Promise<Updater> {
  const updater = await systemUpdater();
  let found: UpdateCheckResult | undefined;
  const expected = () => found?.updateInfo.files[0]?.size ?? 0;
  guardUpdateSession(session.fromPartition(NET_SESSION_NAME, { cache: false }), {
    origin: new URL(address).origin,
    bytes: expected,
  });
  // Its words may hold addresses; what comes of it is logged by who asks.
  updater.logger = null;
  updater.on('appimage-filename-updated', onRenamed);
  updater.autoDownload = false;
  updater.allowDowngrade = false;
  // Loads in pieces whose sum nobody has announced.
  updater.disableDifferentialDownload = true;
  updater.disableWebInstaller = true;
  // It looks in whatever way Parley was installed; who may load is decided elsewhere (main/updates/installation.ts).
  updater.forceDevUpdateConfig = true;
  const options: FeedOptions = {
    provider: 'custom',
    updateProvider: FeedProvider,
    address,
    arch: process.arch,
    read: (url) => feedText(fetch, url),
  };
  updater.setFeedURL(options);

  return {
    async look() {
      try {
        const result = await updater.checkForUpdates();
        found = result?.isUpdateAvailable === true ? result : undefined;
        if (found === undefined) return { ok: true, offer: undefined };
        const { version, files, releaseNotes } = found.updateInfo;
        const notes = typeof releaseNotes === 'string' ? releaseNotes : '';
        return { ok: true, offer: { version, bytes: files[0]?.size, notes } };
      } catch (error) {
        return { ok: false, fault: faultOf(error) };
      }
    },
    async load(onPercent) {
      if (found === undefined || expected() === 0)
        return { ok: false, fault: { code: 'not-for-this-system' } };
      const { cancellationToken } = found;
      const silence = new AbortController();
      const giveUp = () => {
        silence.abort();
        cancellationToken?.cancel();
      };
      let timer = setTimeout(giveUp, SILENCE_MAX_MS);
      const onProgress = ({ percent }: { percent: number }) => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, SILENCE_MAX_MS);
        onPercent(Math.floor(percent));
      };
      updater.on('download-progress', onProgress);
      try {
        await updater.downloadUpdate(cancellationToken);
        return { ok: true };
      } catch (error) {
        return { ok: false, fault: silence.signal.aborted ? { code: 'timeout' } : faultOf(error) };
      } finally {
        clearTimeout(timer);
        updater.off('download-progress', onProgress);
      }
    },
    restart() {
      const errors: unknown[] = [];
      const onError = (error: unknown) => errors.push(error);
      updater.on('error', onError);
      // What is started anew finds this one still there, and would leave the place to it.
      app.releaseSingleInstanceLock();
      updater.quitAndInstall(true, true);
      updater.off('error', onError);
      if (errors.length === 0) return undefined;
      app.requestSingleInstanceLock();
      return faultOf(errors[0]);
    },
    discard() {
      updater.autoInstallOnAppQuit = false;
      found?.cancellationToken?.cancel();
    },
  };
}

/** Only this system's, so that the others, among them those that ask for root, are never even loaded. */
async function systemUpdater(): Promise<AppUpdater> {
  switch (process.platform) {
    case 'win32':
      return new (await import('electron-updater/out/NsisUpdater')).NsisUpdater();
    case 'darwin':
      return new (await import('electron-updater/out/MacUpdater')).MacUpdater();
    default:
      return new (await import('electron-updater/out/AppImageUpdater')).AppImageUpdater();
  }
}

function faultOf(error: unknown): UpdateFault {
  if (error instanceof FeedError) return error.fault;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_CHECKSUM_MISMATCH' || code === 'ERR_UPDATER_INVALID_SIGNATURE')
    return { code: 'damaged' };
  if (code === 'ERR_UPDATER_INVALID_VERSION') return { code: 'not-a-feed' };
  const reason = errorText(error);
  // It has no code for these two.
  const [, status] = /", status (\d{3}):/.exec(reason) ?? [];
  if (status !== undefined) return { code: 'refused', status: Number(status) };
  if (reason.includes('ERR_BLOCKED_BY_CLIENT')) return { code: 'untrusted' };
  if (reason.includes('net::')) return { code: 'network', network: networkFaultOf(reason) };
  return { code: 'failed', detail: reason.trim().slice(0, 200) };
}
