/** What a Jitsi Videobridge says of itself on `/colibri/stats` (jitsi-videobridge `doc/statistics.md`). */

/** Fields that are a number; bridges before 2.1 give some of them as numeric strings, as Java writes them. */
const NUMBERS = [
  'threads',
  'bit_rate_download',
  'bit_rate_upload',
  'packet_rate_download',
  'packet_rate_upload',
  'loss_rate_download',
  'loss_rate_upload',
  'rtp_loss',
  'jitter_aggregate',
  'rtt_aggregate',
  'largest_conference',
  'audiochannels',
  'videochannels',
  'conferences',
  'participants',
  'endpoints',
  'videostreams',
  'total_loss_controlled_participant_seconds',
  'total_loss_limited_participant_seconds',
  'total_loss_degraded_participant_seconds',
  'total_conference_seconds',
  'total_conferences_created',
  'total_conferences_completed',
  'total_failed_conferences',
  'total_partially_failed_conferences',
  'total_participants',
  'total_data_channel_messages_received',
  'total_data_channel_messages_sent',
  'total_colibri_web_socket_messages_received',
  'total_colibri_web_socket_messages_sent',
  'total_ice_succeeded',
  'total_ice_succeeded_tcp',
  'total_ice_failed',
  'total_bytes_received',
  'total_bytes_sent',
  'total_packets_received',
  'total_packets_sent',
  'total_bytes_received_octo',
  'total_bytes_sent_octo',
  'total_packets_received_octo',
  'total_packets_sent_octo',
  'total_packets_dropped_octo',
  'stress_level',
] as const;
export type BridgeNumber = (typeof NUMBERS)[number];

const FLAGS = ['graceful_shutdown', 'shutting_down', 'drain', 'healthy'] as const;
type BridgeFlag = (typeof FLAGS)[number];

const TEXTS = ['current_timestamp', 'region', 'relay_id', 'version'] as const;
type BridgeText = (typeof TEXTS)[number];
/** Longest text kept of a field, in characters. */
const TEXT_MAX = 200;

/** Longest `conference_sizes` that any bridge is known to send has 22 entries. */
const SIZES_MAX = 64;

/** Digits as Java has them, `1.0E-4` too (Double.toString). */
const NUMERAL = /^-?\d{1,18}(\.\d{1,18})?(E-?\d{1,3})?$/i;
/** Most that a bridge could mean by a number; beyond it JSON numbers lose their last digits. */
const NUMBER_MAX = Number.MAX_SAFE_INTEGER;

/** A report as far as it can be believed. A field that is absent was not sent, or was not what it has to be. */
export interface BridgeReport {
  numbers: Partial<Record<BridgeNumber, number>>;
  flags: Partial<Record<BridgeFlag, boolean>>;
  texts: Partial<Record<BridgeText, string>>;
  /** Entry i: conferences with i participants; the last one takes all that are larger. */
  conferenceSizes: readonly number[] | undefined;
  /** A number so far; it is a name like `version`. */
  octoVersion: number | string | undefined;
}

/** `wrong`: fields that were sent with another type than they have, or with a number that none can be. */
export type ReportResult = { ok: true; report: BridgeReport; wrong: readonly string[] } | { ok: false };

/** Reads a report. Fields that are not known are passed over; the set changes with the bridge's version. */
export function readBridgeReport(json: unknown): ReportResult {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { ok: false };
  const sent = json as Record<string, unknown>;
  const wrong: string[] = [];
  const pick = <Name extends string, Value>(
    names: readonly Name[],
    read: (value: unknown) => Value | undefined,
  ): Partial<Record<Name, Value>> => {
    const picked: Partial<Record<Name, Value>> = {};
    for (const name of names) {
      if (!Object.hasOwn(sent, name) || sent[name] === null) continue;
      const value = read(sent[name]);
      if (value === undefined) wrong.push(name);
      else picked[name] = value;
    }
    return picked;
  };
  const numbers = pick(NUMBERS, asNumber);
  const flags = pick(FLAGS, asFlag);
  const texts = pick(TEXTS, asText);
  const { conference_sizes: conferenceSizes } = pick(['conference_sizes'], asSizes);
  const { octo_version: octoVersion } = pick(['octo_version'], (value) => asText(value) ?? asNumber(value));
  return { ok: true, report: { numbers, flags, texts, conferenceSizes, octoVersion }, wrong };
}

/** A report under its own names. */
export function fieldsOf({ numbers, flags, texts, conferenceSizes, octoVersion }: BridgeReport): object {
  return {
    ...numbers,
    ...flags,
    ...texts,
    ...(octoVersion === undefined ? {} : { octo_version: octoVersion }),
    ...(conferenceSizes === undefined ? {} : { conference_sizes: conferenceSizes }),
  };
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && NUMERAL.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  return number >= 0 && number <= NUMBER_MAX ? number : undefined;
}

function asFlag(value: unknown): boolean | undefined {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'boolean' ? value : undefined;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, TEXT_MAX) : undefined;
}

function asSizes(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value) || value.length > SIZES_MAX) return undefined;
  const sizes = value.map(asNumber);
  return sizes.every((size) => size !== undefined) ? sizes : undefined;
}
