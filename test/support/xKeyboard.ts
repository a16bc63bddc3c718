/**
 * A keyboard on the tests' X server: keys go where the server sends them, as from a real one. Speaks the X protocol itself
 * (X.Org "X Window System Protocol", 8 and 9; "XTEST Extension Protocol", FakeInput), since no tool for it is on every
 * machine.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const KEY_PRESS = 2;
const KEY_RELEASE = 3;

/** Keysyms, by the names that tests use. */
const KEYSYMS = { Control: 0xffe3, Alt: 0xffe9, Shift: 0xffe1, F8: 0xffc5, M: 0x6d } as const;
export type XKey = keyof typeof KEYSYMS;

export interface XKeyboard {
  down(...keys: XKey[]): void;
  /** Lets go in the opposite order. */
  up(...keys: XKey[]): void;
  close(): void;
}

/** Plugs the keyboard in. @param display as in the environment, such as `:99` */
export async function openXKeyboard(display = process.env['DISPLAY'] ?? ''): Promise<XKeyboard> {
  const number = /^:(\d+)/.exec(display)?.[1];
  if (number === undefined) throw new Error(`"${display}" is no display of this machine.`);
  const socket = connect(`/tmp/.X11-unix/X${number}`);
  await once(socket, 'connect');
  const read = reader(socket);

  // Little endian, version 11.0, no authorisation.
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const head = await read(8);
  const setup = await read(head.readUInt16LE(6) * 4);
  if (head[0] !== 1) throw new Error('The X server does not let this program in.');
  const firstCode = setup.readUInt8(26);
  const lastCode = setup.readUInt8(27);

  const ask = async (request: Buffer): Promise<Buffer> => {
    socket.write(request);
    const reply = await read(32);
    return Buffer.concat([reply, await read(reply.readUInt32LE(4) * 4)]);
  };
  // QueryExtension "XTEST"
  const query = Buffer.alloc(16);
  query.set([98, 0, 4, 0, 5, 0]);
  query.write('XTEST', 8, 'latin1');
  const xtest = (await ask(query)).readUInt8(9);
  // GetKeyboardMapping
  const mapping = await ask(Buffer.from([101, 0, 2, 0, firstCode, lastCode - firstCode + 1, 0, 0]));
  const perCode = mapping.readUInt8(1);
  const codeOf = (key: XKey) => {
    for (let at = 0; at <= lastCode - firstCode; at += 1) {
      if (mapping.readUInt32LE(32 + at * perCode * 4) === KEYSYMS[key]) return firstCode + at;
    }
    throw new Error(`This keyboard has no ${key}.`);
  };
  const fake = (type: number, key: XKey) => {
    const request = Buffer.alloc(36);
    request.set([xtest, 2, 9, 0, type, codeOf(key)]);
    socket.write(request);
  };
  return {
    down: (...keys) => keys.forEach((key) => fake(KEY_PRESS, key)),
    up: (...keys) => [...keys].reverse().forEach((key) => fake(KEY_RELEASE, key)),
    close: () => socket.destroy(),
  };
}

/** Gives the bytes of a socket in the portions that are asked for. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk]);
    socket.emit('held');
  });
  return async (length) => {
    while (held.length < length) await once(socket, 'held');
    const portion = held.subarray(0, length);
    held = held.subarray(length);
    return portion;
  };
}
