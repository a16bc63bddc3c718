import { Gauge, type Registry } from 'prom-client';
import type { Bridge } from '../bridges/bridge';
import type { BridgeReport } from '../bridges/bridgeReport';
import type { Bridges } from '../bridges/bridges';
import type { JitsiDeployments } from '../deployments';

/** Labels besides those that name the bridge, and a value. */
type Sample = [Readonly<Record<string, string | number>>, number];

/** Adds what the bridges say of themselves. */
export function addBridgeGauges(
  deployments: JitsiDeployments,
  bridges: Bridges,
  registers: Registry[],
): void {
  const gauge = (
    name: string,
    help: string,
    labels: readonly string[],
    samplesOf: (bridge: Bridge) => readonly Sample[],
  ) =>
    new Gauge({
      name,
      help,
      labelNames: ['deployment', 'bridge', ...labels],
      registers,
      collect() {
        this.reset();
        for (const { id } of deployments) {
          for (const bridge of bridges.of(id)) {
            for (const [own, value] of samplesOf(bridge)) {
              this.set({ deployment: id, bridge: bridge.name, ...own }, value);
            }
          }
        }
      },
    });

  gauge(
    'parley_bridge_up',
    '1 for a bridge that takes conferences, 0 for one that does not.',
    [],
    (bridge) => [[{}, bridge.condition === 'ready' ? 1 : 0]],
  );
  gauge(
    'parley_bridge_report',
    "A bridge's own figures, by the field of /colibri/stats that they come from; 1 and 0 for true and false.",
    ['field'],
    ({ report }) => figuresOf(report).map(([field, value]) => [{ field }, value]),
  );
  gauge(
    'parley_bridge_conference_sizes',
    'Conferences of a bridge by the number of their participants; the largest size takes all that are larger.',
    ['size'],
    ({ report }) => (report?.conferenceSizes ?? []).map((conferences, size) => [{ size }, conferences]),
  );
  gauge(
    'parley_bridge_report_timestamp_seconds',
    "When a bridge made its report, by the bridge's clock.",
    [],
    ({ report }) => {
      const time = reportTime(report?.texts.current_timestamp);
      return time === undefined ? [] : [[{}, time]];
    },
  );
  gauge('parley_bridge_info', 'What a bridge is.', [...INFO_LABELS], ({ report }) =>
    report === undefined ? [] : [[infoOf(report), 1]],
  );
}

const INFO_LABELS = ['version', 'octo_version', 'region', 'relay_id'] as const;

function infoOf({ texts, octoVersion = '' }: BridgeReport): Record<(typeof INFO_LABELS)[number], string> {
  const { version = '', region = '', relay_id = '' } = texts;
  return { version, octo_version: String(octoVersion), region, relay_id };
}

function figuresOf(report: BridgeReport | undefined): [string, number][] {
  if (report === undefined) return [];
  const { numbers, flags, octoVersion } = report;
  const figures = Object.entries<number | boolean>({
    ...numbers,
    ...flags,
    ...(typeof octoVersion === 'number' ? { octo_version: octoVersion } : {}),
  });
  return figures.map(([field, figure]) => [field, Number(figure)]);
}

/** Seconds since the Unix epoch of `YYYY-MM-DD HH:MM:SS.mmm` in UTC. */
function reportTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,9})?$/.test(text)) return undefined;
  const time = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? undefined : time / 1000;
}
