import { desktopCapturer } from 'electron';
import type { ShareSource } from '../../shared/ipc/snapshot';

/** Size that the small pictures fit into, in px. */
const THUMBNAIL = { width: 256, height: 160 } as const;
const JPEG_QUALITY = 70;
/** Most screens and windows on offer. */
const SOURCES_MAX = 60;

/** The screens and windows there are, screens first. `own` are the media source ids of Parley's own windows. */
export async function shareSources(own: ReadonlySet<string>): Promise<readonly ShareSource[]> {
  const found = await desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize: THUMBNAIL });
  return found
    .filter(({ id }) => !own.has(id))
    .slice(0, SOURCES_MAX)
    .map(({ id, name, thumbnail }) => ({
      id,
      name: name.slice(0, 200),
      kind: id.startsWith('screen:') ? ('screen' as const) : ('window' as const),
      thumbnail: thumbnail.isEmpty()
        ? undefined
        : `data:image/jpeg;base64,${thumbnail.toJPEG(JPEG_QUALITY).toString('base64')}`,
    }))
    .sort((a, b) => Number(a.kind === 'window') - Number(b.kind === 'window'));
}

/** Whether the system has a picker of its own that stands before ours: the Wayland portal. */
export function systemPicks(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform === 'linux' && environment['XDG_SESSION_TYPE'] === 'wayland';
}
