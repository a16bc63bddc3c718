import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, readBridgeReport } from '../../../../lobby/bridges/bridgeReport';

function read(json: unknown) {
  const result = readBridgeReport(json);
  if (!result.ok) throw new Error('refused');
  return result;
}

describe("a bridge's report", () => {
  it('is read field by field, unknown ones passed over', () => {
    const { report, wrong } = read({
      current_timestamp: '2026-11-21 08:00:00.000',
      conferences: 3,
      participants: 11,
      conference_sizes: [0, 0, 1, 2],
      stress_level: 0.25,
      total_bytes_sent_octo: 0,
      graceful_shutdown: false,
      healthy: true,
      region: 'eu-west',
      version: '2.3.61',
      something_new: { of: 'tomorrow' },
    });
    expect(wrong).toEqual([]);
    expect(report).toEqual({
      numbers: { conferences: 3, participants: 11, stress_level: 0.25, total_bytes_sent_octo: 0 },
      flags: { graceful_shutdown: false, healthy: true },
      texts: { current_timestamp: '2026-11-21 08:00:00.000', region: 'eu-west', version: '2.3.61' },
      conferenceSizes: [0, 0, 1, 2],
      octoVersion: undefined,
    });
  });

  it('of an old bridge has numbers as text', () => {
    const { report, wrong } = read({
      conferences: '3',
      loss_rate_upload: '0.00125',
      graceful_shutdown: 'true',
    });
    expect(wrong).toEqual([]);
    expect(report.numbers).toEqual({ conferences: 3, loss_rate_upload: 0.00125 });
    expect(report.flags).toEqual({ graceful_shutdown: true });
  });

  it.each([
    ['1.0E-4', 0.0001],
    ['1.2345678901234567E-5', 1.2345678901234568e-5],
    ['1.5E7', 15_000_000],
    ['1e3', 1_000],
    ['0.0', 0],
  ])('has the number %s as Java writes it', (text, number) => {
    const { report, wrong } = read({ loss_rate_download: text });
    expect(wrong).toEqual([]);
    expect(report.numbers.loss_rate_download).toBe(number);
  });

  it.each([1, '1', 'v2'])('has the version %j of Octo as it was given', (version) => {
    const { report, wrong } = read({ octo_version: version });
    expect([report.octoVersion, wrong]).toEqual([version, []]);
  });

  it('comes out under its own names', () => {
    const sent = {
      current_timestamp: '2026-11-21 08:00:00.000',
      threads: 59,
      graceful_shutdown: false,
      healthy: true,
      conference_sizes: [0, 1],
      relay_id: '10.0.0.5:4096',
      octo_version: 1,
    };
    expect(fieldsOf(read({ ...sent, unknown: 1 }).report)).toStrictEqual(sent);
  });

  it.each([
    ['conferences', -1],
    ['conferences', 1e308],
    ['conferences', 'many'],
    ['conferences', 'Infinity'],
    ['conferences', {}],
    ['stress_level', '1e400'],
    ['stress_level', '1E'],
    ['stress_level', 'NaN'],
    ['octo_version', []],
    ['healthy', 1],
    ['region', 7],
    ['conference_sizes', [1, 'x']],
    ['conference_sizes', new Array(1000).fill(1)],
    ['conference_sizes', '1,2'],
  ])('names the field %s when it is %j, and goes without it', (field, value) => {
    const { report, wrong } = read({ [field]: value, participants: 4 });
    expect(wrong).toEqual([field]);
    expect(JSON.stringify(report)).not.toContain(field);
    expect(report.numbers.participants).toBe(4);
  });

  it.each([null, [], 'text', 7, true])('that is %j is none', (json) => {
    expect(readBridgeReport(json)).toEqual({ ok: false });
  });

  it('of whatever content never throws, and gives finite numbers alone', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('conferences', 'stress_level', 'drain', 'region', '__proto__') }),
        (json) => {
          const result = readBridgeReport(json);
          if (!result.ok) return;
          for (const value of Object.values(result.report.numbers)) {
            expect(Number.isFinite(value) && value >= 0).toBe(true);
          }
        },
      ),
    );
  });
});
