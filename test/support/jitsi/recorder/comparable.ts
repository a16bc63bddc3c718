import { nameOf, type Entry } from './entry';

/** Events of the real page that the stand-in deliberately does not play, each with the reason. */
export const NOT_PLAYED: Readonly<Record<string, string>> = {
  'large-video-visibility-changed': 'layout of the real page only',
  'toolbar-visibility-changed': 'follows the mouse and the clock',
  'mouse-enter': 'follows the mouse',
  'mouse-move': 'follows the mouse',
  'dominant-speaker-changed': 'needs sound that arrives; the stand-in carries none',
};

/** Commands of the recordings that the stand-in does not carry out, each with the reason. */
export const NOT_CARRIED_OUT: Readonly<Record<string, string>> = {
  'toggle-share-screen': 'the recorder has no display media handler; `controls.test.ts` shares for real',
};

/** Two traces are the same where their comparable forms are: what differs from run to run is replaced by what it is. */
export class Comparable {
  readonly #ids = new Map<string, string>();
  readonly #rooms: ReadonlySet<string>;
  readonly #host: string;

  /** @param rooms the names of the trace's rooms. @param host the deployment's XMPP domain in this trace. */
  constructor(rooms: readonly string[], host: string) {
    this.#rooms = new Set(rooms);
    this.#host = host;
  }

  /** The comparable form of what a client heard, in order. */
  heard(entries: readonly Entry[]): unknown[] {
    return entries.filter(isPlayed).map(({ as, msg }) => this.#value({ as, ...msg }));
  }

  #value(value: unknown, key = ''): unknown {
    if (key === 'devices') return deviceShapes(value as Record<string, unknown[]>);
    if (Array.isArray(value)) return value.map((item) => this.#value(item));
    if (typeof value === 'object' && value !== null) {
      const fields = Object.entries(value).filter(([, field]) => field !== undefined);
      return Object.fromEntries(fields.map(([name, field]) => [name, this.#value(field, name)]));
    }
    if (typeof value === 'number') return value > 1e12 ? '<milliseconds>' : value;
    return typeof value === 'string' ? this.#text(value) : value;
  }

  #text(text: string): string {
    if (/^\d{13}\.\d+$/.test(text)) return '<moment>';
    if (/^\d{10}000$/.test(text)) return '<whole second>';
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return '<uuid>';
    if (/^[0-9a-f]{8}$/.test(text)) return this.#id(text);
    if (this.#rooms.has(text)) return '<room>';
    if (text === this.#host) return '<domain>';
    const [, room = '', domain = '', id] = /^([a-z0-9-]+)@(conference\.[^/]+)(?:\/(.+))?$/.exec(text) ?? [];
    if (this.#rooms.has(room) && domain === `conference.${this.#host}`) {
      return `<room>@conference.<domain>${id === undefined ? '' : `/${this.#id(id)}`}`;
    }
    return text.replace(/\(\d+\.0 sec since expired\)/, '(<seconds>.0 sec since expired)');
  }

  /** Occupants are counted in the order in which the trace first names them. */
  #id(id: string): string {
    const known = this.#ids.get(id) ?? `<occupant ${this.#ids.size + 1}>`;
    this.#ids.set(id, known);
    return known;
  }
}

/** Whether an entry is a message that both sides have to show. */
export function isPlayed(entry: Entry): boolean {
  return entry.dir === 'seen' && !Object.hasOwn(NOT_PLAYED, nameOf(entry) ?? '');
}

/** What the host was asked for, in order: `media audio`. */
export function permissions(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ permission, mediaTypes = [] }) =>
    permission === undefined ? [] : [[permission, ...mediaTypes].join(' ')],
  );
}

/** Machines differ in how many devices they have, not in how one is described. */
function deviceShapes(devices: Record<string, unknown[]>): unknown {
  return Object.fromEntries(
    Object.entries(devices).map(([list, all]) => {
      const shapes = all.map((device) =>
        Object.entries(device as object).map(([name, value]) => `${name}: ${typeof value}`),
      );
      return [list, [...new Set(shapes.map((shape) => shape.sort().join(', ')))]];
    }),
  );
}
