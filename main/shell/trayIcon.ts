/** The tray icon of a call: there from the call's start to its end, where somebody shows it. */
import { Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron';
import { log } from '../log';
import idle from './icons/idle.png?inline';
import live from './icons/live.png?inline';
import muted from './icons/muted.png?inline';
import sharingLive from './icons/sharingLive.png?inline';
import sharingMuted from './icons/sharingMuted.png?inline';
import type { TrayFace, TrayShape } from './trayFace';
import type { TrayHost } from './trayHost';

/** 32 px squares, drawn as the SVG files beside them. */
const PICTURES: Readonly<Record<TrayShape, string>> = { idle, live, muted, sharingLive, sharingMuted };

export interface TrayIconParts {
  host: Pick<TrayHost, 'known' | 'look'>;
  platform: NodeJS.Platform;
  onClick: () => void;
  /** The icon has appeared. */
  onShown: () => void;
}

export class TrayIcon {
  readonly #parts: TrayIconParts;
  readonly #images = new Map<TrayShape, NativeImage>();
  #wanted = false;
  #lookedAgain = false;
  #tray: Tray | undefined;
  #shape: TrayShape = 'idle';
  /** What it shows, as text: setting a menu anew would close it under the user's hand. */
  #drawn = '';

  constructor(parts: TrayIconParts) {
    this.#parts = parts;
  }

  /** Whether there is an icon that the user can see. */
  get isShown(): boolean {
    return this.#tray !== undefined;
  }

  /** Shows a state; makes the icon first, if there is none and there can be one. */
  show(face: TrayFace, menu: MenuItemConstructorOptions[]): void {
    this.#shape = face.shape;
    if (this.#tray !== undefined) {
      const drawing = JSON.stringify([face, menu]);
      if (drawing === this.#drawn) return;
      this.#drawn = drawing;
      this.#tray.setImage(this.#image(face.shape));
      this.#tray.setToolTip(face.tooltip);
      this.#tray.setContextMenu(Menu.buildFromTemplate(menu));
    } else if (!this.#wanted) {
      this.#wanted = true;
      void this.#make(this.#parts.host.known);
    } else if (face.shape !== 'idle' && !this.#lookedAgain) {
      // The panel may have started after Parley. Asked anew once the call is joined, when nobody waits for it any more.
      this.#lookedAgain = true;
      void this.#make(this.#parts.host.look());
    }
  }

  hide(): void {
    this.#wanted = false;
    this.#lookedAgain = false;
    this.#tray?.destroy();
    this.#tray = undefined;
    this.#drawn = '';
  }

  async #make(hasHost: Promise<boolean>): Promise<void> {
    if (!(await hasHost) || !this.#wanted || this.#tray !== undefined) return;
    try {
      this.#tray = new Tray(this.#image(this.#shape));
    } catch (error) {
      log.warn('tray.failed', { reason: String(error) });
      return;
    }
    this.#tray.on('click', this.#parts.onClick);
    this.#parts.onShown();
  }

  #image(shape: TrayShape): NativeImage {
    let image = this.#images.get(shape);
    if (image === undefined) {
      const whole = nativeImage.createFromDataURL(PICTURES[shape]);
      image = this.#parts.platform === 'linux' ? whole : atTwoScales(whole);
      this.#images.set(shape, image);
    }
    return image;
  }
}

/** 16 DIPs, as Windows and macOS have it; sharp where a DIP is two pixels. Linux panels scale by themselves. */
function atTwoScales(whole: NativeImage): NativeImage {
  const image = nativeImage.createEmpty();
  image.addRepresentation({
    scaleFactor: 1,
    ...{ width: 16, height: 16 },
    buffer: whole.resize({ width: 16, height: 16, quality: 'best' }).toPNG(),
  });
  image.addRepresentation({ scaleFactor: 2, width: 32, height: 32, buffer: whole.toPNG() });
  return image;
}
