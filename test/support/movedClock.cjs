/**
 * Loaded by Node.js before a program under test: its clocks are off by what the file at `TEST_CLOCKS` says, `{ wall,
 * monotonic }` in ms, at any moment.
 */
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const process = require('node:process');

const file = process.env['TEST_CLOCKS'] ?? '';
const TrueDate = Date;
const trueNow = performance.now.bind(performance);

/** @returns {{ wall: number, monotonic: number }} */
const off = () => JSON.parse(readFileSync(file, 'utf8'));

globalThis.Date = /** @type {DateConstructor} */ (
  class extends TrueDate {
    /** @param {[] | [number]} given */
    constructor(...given) {
      if (given.length === 0) super(TrueDate.now() + off().wall);
      else super(...given);
    }
    static now() {
      return TrueDate.now() + off().wall;
    }
  }
);
performance.now = () => trueNow() + off().monotonic;
