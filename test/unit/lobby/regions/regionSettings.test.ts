import { describe, expect, it } from 'vitest';
import { readBridgeAddresses } from '../../../../lobby/bridges/bridgeSettings';
import { readRegionHeader, regionOfHeader } from '../../../../lobby/regions/regionSettings';

describe('LOBBY_REGION_HEADER', () => {
  const read = (given: Record<string, string>) => readRegionHeader(given, ['eu', 'us']);

  it('is none when it is not set', () => {
    expect(read({})).toEqual({ value: undefined });
    expect(regionOfHeader(undefined, { 'x-region': 'eu' })).toBeUndefined();
  });

  it('gives the region itself', () => {
    const header = read({ LOBBY_REGION_HEADER: 'X-Region' });
    if (!('value' in header)) throw new Error('refused');
    expect(regionOfHeader(header.value, { 'x-region': ' US ' })).toBe('us');
    expect(regionOfHeader(header.value, {})).toBeUndefined();
    expect(regionOfHeader(header.value, { 'x-region': ['eu', 'us'] })).toBeUndefined();
  });

  it('gives the region by the map', () => {
    const header = read({ LOBBY_REGION_HEADER: 'CF-IPCountry', LOBBY_REGION_MAP: 'DE=eu, fr=eu,US=us' });
    if (!('value' in header)) throw new Error('refused');
    const region = (country: string) => regionOfHeader(header.value, { 'cf-ipcountry': country });
    expect(['de', 'FR', 'us', 'JP'].map(region)).toEqual(['eu', 'eu', 'us', undefined]);
  });

  it.each([
    [{ LOBBY_REGION_HEADER: 'X Region' }, /^LOBBY_REGION_HEADER takes/],
    [{ LOBBY_REGION_MAP: 'DE=eu' }, /^LOBBY_REGION_MAP says what a header means/],
    [{ LOBBY_REGION_HEADER: 'X-R', LOBBY_REGION_MAP: 'DE' }, /^LOBBY_REGION_MAP takes pairs/],
    [{ LOBBY_REGION_HEADER: 'X-R', LOBBY_REGION_MAP: 'DE=mars' }, /names the region "mars"/],
  ])('refuses %j', (given, message) => {
    expect(read(given)).toEqual({ faults: [expect.stringMatching(message)] });
  });
});

describe('JVB_STATS_URL', () => {
  it('takes the bridges of one deployment without its name', () => {
    expect(
      readBridgeAddresses({ JVB_STATS_URL: 'http://jvb1:8080, http://jvb2:8080/stats' }, ['default']),
    ).toEqual({
      value: new Map([['default', ['http://jvb1:8080/colibri/stats', 'http://jvb2:8080/stats']]]),
    });
  });

  it('takes those of several by name', () => {
    const given = { JVB_STATS_URL: 'eu=http://a:8080,us=http://c:8080,eu=http://b:8080' };
    expect(readBridgeAddresses(given, ['eu', 'us'])).toEqual({
      value: new Map([
        ['eu', ['http://a:8080/colibri/stats', 'http://b:8080/colibri/stats']],
        ['us', ['http://c:8080/colibri/stats']],
      ]),
    });
  });

  it.each([
    ['http://a:8080', /needs a deployment before each address/],
    ['ap=http://a:8080', /names the deployment "ap"/],
    ['eu=ftp://a', /takes addresses such as/],
    ['eu=http://user:pw@a', /takes addresses such as/],
    ['eu=nonsense', /takes addresses such as/],
  ])('refuses %s', (text, message) => {
    expect(readBridgeAddresses({ JVB_STATS_URL: text }, ['eu', 'us'])).toEqual({
      faults: [expect.stringMatching(message)],
    });
  });
});
