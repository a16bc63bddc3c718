import type { Given } from '../given';

/** Where the operator's proxy says from which region a request comes. */
export interface RegionHeader {
  /** Lower case, as Node.js has header names. */
  name: string;
  /** Region by the header's value in upper case. Without one the value itself is the region. */
  map: ReadonlyMap<string, string> | undefined;
}

/**
 * Reads `LOBBY_REGION_HEADER`, such as `CloudFront-Viewer-Country` or `X-Region`, and `LOBBY_REGION_MAP`, such as
 * `DE=eu,FR=eu,US=us`. The header is believed whoever sent it: the worst that a wrong one does is a call far away.
 *
 * @param regions of the deployments.
 */
export function readRegionHeader(
  given: Given,
  regions: readonly string[],
): { value: RegionHeader | undefined } | { faults: string[] } {
  const { LOBBY_REGION_HEADER: name, LOBBY_REGION_MAP: mapText } = given;
  const faults: string[] = [];
  // RFC 9110 section 5.6.2: a token.
  if (name !== undefined && !/^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name)) {
    faults.push('LOBBY_REGION_HEADER takes the name of an HTTP header, such as X-Region.');
  }
  if (mapText !== undefined && name === undefined) {
    faults.push('LOBBY_REGION_MAP says what a header means; set LOBBY_REGION_HEADER to its name.');
  }
  const map = new Map<string, string>();
  for (const entry of mapText?.split(',').map((text) => text.trim()) ?? []) {
    const [, value, region = ''] = /^([^=]{1,64})=([a-z0-9-]+)$/.exec(entry) ?? [];
    if (value === undefined) faults.push(`LOBBY_REGION_MAP takes pairs such as DE=eu,US=us, not "${entry}".`);
    else if (!regions.includes(region)) {
      faults.push(`LOBBY_REGION_MAP names the region "${region}", which JITSI_URL does not have.`);
    } else map.set(value.trim().toUpperCase(), region);
  }
  if (faults.length > 0) return { faults };
  if (name === undefined) return { value: undefined };
  return { value: { name: name.toLowerCase(), map: mapText === undefined ? undefined : map } };
}

/** The region that a request's header names. */
export function regionOfHeader(
  header: RegionHeader | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  if (header === undefined) return undefined;
  const sent = headers[header.name];
  if (typeof sent !== 'string') return undefined;
  const value = sent.trim();
  return header.map === undefined ? value.toLowerCase() : header.map.get(value.toUpperCase());
}
