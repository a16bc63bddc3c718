import { MeetingRoom } from './meetingRoom';
import type { Occupant } from './wire';

interface Watch {
  room: string;
  predicate: (occupants: Occupant[]) => boolean;
  resolve: (occupants: Occupant[]) => void;
  reject: (error: Error) => void;
}

/** The rooms of a deployment, by name. A room is there while somebody is in it. */
export class RoomDirectory {
  readonly #rooms = new Map<string, MeetingRoom>();
  readonly #watches = new Set<Watch>();

  /** The room of that name; made if it is not there. */
  open(name: string): MeetingRoom {
    const existing = this.#rooms.get(name);
    if (existing) return existing;
    const room = new MeetingRoom(() => this.#changed(name));
    this.#rooms.set(name, room);
    return room;
  }

  find(name: string): MeetingRoom | undefined {
    return this.#rooms.get(name);
  }

  occupants(): Map<string, Occupant[]> {
    return new Map([...this.#rooms].map(([name, room]) => [name, room.occupants()]));
  }

  /** Resolves as soon as the room's occupants are as asked for; an absent room has none. */
  waitFor(room: string, predicate: Watch['predicate']): Promise<Occupant[]> {
    return new Promise((resolve, reject) => {
      this.#watches.add({ room, predicate, resolve, reject });
      this.#answer(room);
    });
  }

  /** Lets those go whose sockets were cut and have not come back. */
  dismissDisconnected(): void {
    for (const room of [...this.#rooms.values()]) {
      for (const { id, connected } of room.occupants()) if (!connected) room.leave(id);
    }
  }

  /** Turns away those who still wait. */
  close(): void {
    for (const watch of this.#watches) {
      watch.reject(new Error(`The deployment was stopped while waiting for the room "${watch.room}".`));
    }
    this.#watches.clear();
    this.#rooms.clear();
  }

  #changed(name: string): void {
    if (this.#rooms.get(name)?.occupants().length === 0) this.#rooms.delete(name);
    this.#answer(name);
  }

  #answer(name: string): void {
    const occupants = this.#rooms.get(name)?.occupants() ?? [];
    for (const watch of this.#watches) {
      if (watch.room !== name || !watch.predicate(occupants)) continue;
      this.#watches.delete(watch);
      watch.resolve(occupants);
    }
  }
}
