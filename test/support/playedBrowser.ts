/** A browser without pages: follows redirects from address to address, cookies and all. */
export class PlayedBrowser {
  readonly #cookies = new Map<string, string>();

  /**
   * Goes to an address and on, until an answer is no redirect, or `stop` says that the next one is far enough.
   *
   * @returns where it came to, with the answer unless it stopped before asking.
   */
  async go(
    address: string,
    stop: (address: string) => boolean = () => false,
  ): Promise<{ address: string; response: Response | undefined }> {
    let next = address;
    for (let hop = 0; hop < 16; hop += 1) {
      if (stop(next)) return { address: next, response: undefined };
      const { host } = new URL(next);
      const response = await fetch(next, { headers: { cookie: this.#sent(host) }, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        this.#cookies.set(`${host} ${name}`, value);
      }
      const location = response.headers.get('location');
      if (location === null) return { address: next, response };
      next = new URL(location, next).href;
    }
    throw new Error(`It goes on and on, at last to ${next}`);
  }

  #sent(host: string): string {
    const own = [...this.#cookies].filter(([key]) => key.startsWith(`${host} `));
    return own.map(([key, value]) => `${key.slice(host.length + 1)}=${value}`).join('; ');
  }
}
