/**
 * The browser session of one call: in memory, with microphone and camera for one origin and nothing else.
 *
 * Electron keeps a session until the app quits, with 0.8 MB of memory each (measured on 25: 200 calls were 160 MB). So a
 * session that a call has left, and that was emptied, serves the next call to the same deployment. Two calls never have
 * one at the same time, and two deployments never have the same one.
 */
import { randomUUID } from 'node:crypto';
import { session, type Session, type WebContents, type WebFrameMain } from 'electron';
import { parseUrl } from '../../shared/webUrl';
import { log } from '../log';

/** Asks the user what of the screen `host` may see; `undefined` is nothing. */
export type AskForScreen = (host: string) => Promise<{ id: string; name: string } | undefined>;

/** Devices that a meeting may open, as Electron's permission request names them. */
const DEVICES: ReadonlySet<string> = new Set(['audio', 'video']);

/** Sessions that no call has now, and that hold nothing: by the origin of the deployment that they have served. */
const emptied = new Map<string, Session[]>();

/** Takes or makes a session that grants nothing. It belongs to the one deployment that it is opened for. */
export function takeMeetingSession(deploymentOrigin: string): Session {
  const kept = emptied.get(deploymentOrigin)?.pop();
  if (kept !== undefined) return kept;
  const made = session.fromPartition(`call-${randomUUID()}`, { cache: true });
  grantNothing(made);
  return made;
}

/**
 * Opens a session for a call. `isMeeting` says whether some web contents are the call's own view: a login window shares
 * the session (it must share the cookies) but may open no device, even when it shows the deployment's pages.
 */
export function openMeetingSession(
  own: Session,
  deploymentOrigin: string,
  isMeeting: (contents: WebContents) => boolean,
  askForScreen: AskForScreen,
): void {
  own.setPermissionRequestHandler((contents, permission, callback, details) => {
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    // Showing the screen is asked as `media` without a type (measured on 25), later as `display-capture`. What may be seen
    // is decided by the display media handler below, that is, by the user.
    const granted =
      (permission === 'media' || permission === 'display-capture') &&
      types.every((type) => DEVICES.has(type)) &&
      details.isMainFrame &&
      isMeeting(contents) &&
      parseUrl(details.requestingUrl)?.origin === deploymentOrigin;
    if (!granted) log.info('permission.refused', { permission, types: types.join(' ') });
    callback(granted);
  });

  own.setPermissionCheckHandler((contents, permission, requestingOrigin, details) => {
    if (permission !== 'media' || contents === null || !isMeeting(contents)) return false;
    return parseUrl(requestingOrigin)?.origin === deploymentOrigin && details.isMainFrame;
  });

  // Without a handler the page falls back to asking its embedder for sources, which is itself (measured).
  own.setDisplayMediaRequestHandler(
    ({ frame, securityOrigin }, callback) => {
      const asks = isTopFrame(frame) && parseUrl(securityOrigin)?.origin === deploymentOrigin;
      if (!asks) log.info('share.refused', {});
      void (asks ? askForScreen(new URL(deploymentOrigin).host) : Promise.resolve(undefined)).then((source) =>
        callback(source === undefined ? {} : { video: { id: source.id, name: source.name } }),
      );
    },
    // macOS 15 has a picker of its own; elsewhere, and in Electron before 33, this changes nothing.
    { useSystemPicker: true },
  );
}

function grantNothing(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, callback) => callback({}));
}

/** Empties the session of a call whose pages are gone. One that cannot be emptied is never used again. */
export async function leaveMeetingSession(own: Session, deploymentOrigin: string): Promise<void> {
  grantNothing(own);
  own.webRequest.onBeforeRequest(null);
  own.webRequest.onCompleted(null);
  own.webRequest.onErrorOccurred(null);
  try {
    await own.closeAllConnections();
    await Promise.all([
      own.clearStorageData(),
      own.clearCache(),
      own.clearCodeCaches({ urls: [] }),
      own.clearAuthCache(),
      own.clearHostResolverCache(),
    ]);
    emptied.set(deploymentOrigin, [...(emptied.get(deploymentOrigin) ?? []), own]);
  } catch (error) {
    log.warn('session.clear-failed', { reason: String(error) });
  }
}

function isTopFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null;
}
