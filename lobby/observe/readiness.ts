/** Says why the lobby should get no traffic now; `undefined` when it should. */
export type ReadinessCheck = () => string | undefined;

/** Whether traffic should come here: every part that can fail while the process lives has a say. */
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();

  /** @param part what the reason is told under. */
  add(part: string, check: ReadinessCheck): void {
    this.#checks.set(part, check);
  }

  /** What stands against it, by part; empty when the lobby is ready. */
  reasons(): Readonly<Record<string, string>> {
    const reasons: Record<string, string> = {};
    for (const [part, check] of this.#checks) {
      const reason = check();
      if (reason !== undefined) reasons[part] = reason;
    }
    return reasons;
  }
}
