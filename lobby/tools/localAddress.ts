/** Where a program on this machine finds a lobby that listens on `host`: all addresses together are none to go to. */
export function localAddress(host: string, port: number | string): string {
  const here = ['', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `${here.includes(':') ? `[${here}]` : here}:${port}`;
}
