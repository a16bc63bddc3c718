import type { Logger } from 'pino';
import { type DeploymentCondition, areGone, conditionOf } from '../regions/condition';
import { Bridge } from './bridge';
import type { BridgeAddresses } from './bridgeSettings';

/** All bridges whose statistics the lobby reads. */
export class Bridges {
  readonly #byDeployment: ReadonlyMap<string, readonly Bridge[]>;

  constructor(addresses: BridgeAddresses, log: Logger) {
    this.#byDeployment = new Map(
      [...addresses].map(([id, urls]) => [id, urls.map((url) => new Bridge(url, log))] as const),
    );
  }

  /** Begins to ask them all, without waiting for an answer. */
  watch(): void {
    for (const bridges of this.#byDeployment.values()) for (const bridge of bridges) void bridge.watch();
  }

  stop(): void {
    for (const bridges of this.#byDeployment.values()) for (const bridge of bridges) bridge.stop();
  }

  /** The bridges of a deployment; none when the operator has named none. */
  of(deployment: string): readonly Bridge[] {
    return this.#byDeployment.get(deployment) ?? [];
  }

  condition(deployment: string): DeploymentCondition {
    return conditionOf(this.of(deployment));
  }

  /** Whether a deployment has no bridge left that conferences could be sent to. */
  areGone(deployment: string): boolean {
    return areGone(this.of(deployment));
  }
}
