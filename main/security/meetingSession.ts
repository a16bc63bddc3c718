/** The browser session of one call: in memory, its own, with microphone and camera for one origin and nothing else. */
import { randomUUID } from 'node:crypto';
import { session, type Session, type WebContents } from 'electron';
import { parseUrl } from '../../shared/webUrl';
import { log } from '../log';

/** Devices that a meeting may open, as Electron's permission request names them. */
const DEVICES: ReadonlySet<string> = new Set(['audio', 'video']);

/**
 * Makes the session. `isMeeting` says whether some web contents are the call's own view: a login window shares the
 * session (it must share the cookies) but may open no device, even when it shows the deployment's pages.
 */
export function newMeetingSession(
  deploymentOrigin: string,
  isMeeting: (contents: WebContents) => boolean,
): Session {
  const own = session.fromPartition(`call-${randomUUID()}`, { cache: true });

  own.setPermissionRequestHandler((contents, permission, callback, details) => {
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const granted =
      permission === 'media' &&
      types.length > 0 &&
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

  own.setDevicePermissionHandler(() => false);

  // Without a handler the page falls back to asking its embedder for sources, which is itself (measured).
  own.setDisplayMediaRequestHandler((_request, callback) => callback({}));

  own.on('will-download', (event) => event.preventDefault());
  return own;
}
