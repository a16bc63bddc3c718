/**
 * Whether this is a Wayland session. There programs place no windows, keep none on top and grab no keys: all that is the
 * compositor's, or asked of it by portals.
 */
export function isWayland(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform === 'linux' && environment['XDG_SESSION_TYPE'] === 'wayland';
}
