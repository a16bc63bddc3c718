/** Links that have come before there is anybody to ask about them: at the start, and on macOS even before that. */
import { isDeepLink } from '../../shared/deepLinkScheme';

export class LinkQueue {
  readonly #waiting: string[] = [];
  #take: ((link: string) => void) | undefined;

  push(link: string): void {
    if (this.#take === undefined) this.#waiting.push(link);
    else this.#take(link);
  }

  /** Takes the link out of a command line, if there is one. */
  pushFrom(argv: readonly string[]): void {
    const link = argv.find(isDeepLink);
    if (link !== undefined) this.push(link);
  }

  /** Hands over what has come, and from now on whatever comes. */
  deliverTo(take: (link: string) => void): void {
    this.#take = take;
    for (const link of this.#waiting.splice(0)) take(link);
  }
}
