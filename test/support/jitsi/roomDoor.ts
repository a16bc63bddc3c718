import type { FromDeployment } from './wire';

/** Somebody at the door of a room, by their page. */
export interface Newcomer {
  id: string;
  displayName: string | undefined;
  send: (message: FromDeployment) => unknown;
}

/** What a room's door makes of somebody who wants to come in. */
export type DoorAnswer = 'come-in' | 'password-required' | 'members-only';

/** The door of a room: its password, its waiting room, and who knocks. */
export class RoomDoor {
  password = '';
  waitingRoom = false;
  readonly #knocking = new Map<string, Newcomer>();
  readonly #admitted = new Set<string>();

  /** Whoever was let in needs no password any more, as in Prosody, where that makes a member. */
  judge(id: string, password: string | undefined): DoorAnswer {
    if (this.#admitted.has(id)) return 'come-in';
    if (this.waitingRoom) return 'members-only';
    return this.password !== '' && password !== this.password ? 'password-required' : 'come-in';
  }

  knock(newcomer: Newcomer): void {
    this.#knocking.set(newcomer.id, newcomer);
  }

  /** Gives who was answered, and tells them. */
  answer(id: string, admit: boolean): Newcomer | undefined {
    const newcomer = this.#knocking.get(id);
    if (!newcomer) return undefined;
    this.#knocking.delete(id);
    if (admit) this.#admitted.add(id);
    newcomer.send({ type: admit ? 'come-in' : 'access-denied' });
    return newcomer;
  }

  gone(id: string): void {
    this.#knocking.delete(id);
  }
}
