/**
 * Whether this is a Wayland session. There programs place no windows, keep none on top and grab no keys: all that is the
 * compositor's, or asked of it by portals.
 */
export function isWayland(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform === 'linux' && environment['XDG_SESSION_TYPE'] === 'wayland';
}

/** The part of Electron's `app.commandLine` that is needed. */
export interface Switches {
  getSwitchValue: (name: string) => string;
  appendSwitch: (name: string, value: string) => void;
}

/**
 * Has Chromium ask the system's portal for keys that count in any program, beside the features that were asked for already.
 * Without it, Electron's `globalShortcut` hears nothing on Wayland (Electron's documentation of it). Before `ready` alone.
 */
export function askPortalForKeys(switches: Switches): void {
  const name = 'enable-features';
  const asked = switches.getSwitchValue(name).split(',');
  switches.appendSwitch(
    name,
    [...asked, 'GlobalShortcutsPortal'].filter((feature) => feature !== '').join(','),
  );
}
