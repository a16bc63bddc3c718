import type { LobbyClient } from './lobbyClient';

/** How long a fetched key set is used without asking again, in ms. A new key has a new kid, which asks at once. */
export const KEY_SET_MAX_AGE_MS = 3_600_000;

/** The lobbies' published keys, fetched before the click that needs them. */
export class KeySetCache {
  readonly #client: LobbyClient;
  readonly #now: () => number;
  readonly #sets = new Map<string, { at: number; keySet: unknown }>();

  constructor(client: LobbyClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /** The key set of a lobby, from memory while it is young enough. `undefined` when it cannot be had. */
  async get(lobby: string, signal: AbortSignal): Promise<unknown> {
    const kept = this.#sets.get(lobby);
    if (kept !== undefined && this.#now() - kept.at < KEY_SET_MAX_AGE_MS) return kept.keySet;
    return this.fetch(lobby, signal);
  }

  /** Asks the lobby now. */
  async fetch(lobby: string, signal: AbortSignal): Promise<unknown> {
    const keySet = await this.#client.keySet(lobby, signal);
    if (keySet !== undefined) this.#sets.set(lobby, { at: this.#now(), keySet });
    return keySet;
  }
}
