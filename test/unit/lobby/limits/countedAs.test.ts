import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountKey, addressKey } from '../../../../lobby/limits/countedAs';

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['64:ff9b::192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('%s is counted as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('of IPv6 is counted as its first half, whatever the other half', () => {
    const half = fc.array(fc.nat(0xffff), { minLength: 4, maxLength: 4 });
    const text = (groups: number[]) => groups.map((group) => group.toString(16)).join(':');
    fc.assert(
      fc.property(half, half, half, ([first = 0, ...others], one, other) => {
        // Not one of the networks whose addresses are IPv4's.
        const network = text([first | 0x2000, ...others]);
        expect(addressKey(`${network}:${text(one)}`)).toBe(`${network}::/64`);
        expect(addressKey(`${network}:${text(other)}`)).toBe(`${network}::/64`);
      }),
    );
  });
});

describe('an account', () => {
  it.each([
    ['ALICE'],
    [' alice\t'],
    ['al ice'],
    ['ａｌｉｃｅ'],
    ['ali\u00adce'],
    ['al\u200bice\u2060'],
    ['àlicé'],
    ['alice@example.com'],
    ['Alice@other.example'],
    ['alice\0'],
  ])('%j is counted as alice', (name) => {
    expect(accountKey(name)).toBe(accountKey('alice'));
  });

  it.each([
    ['straße', 'STRASSE'],
    ['ﬁona', 'Fiona'],
    ['Zoë', 'Zoe\u0308'],
    ['ΝΙΚΟΣ', 'νικος'],
  ])('%s and %s are one', (one, other) => {
    expect(accountKey(one)).toBe(accountKey(other));
  });

  it('that has another name is another', () => {
    expect(new Set(['alice', 'bob', 'alice2', 'α', '小明', ''].map(accountKey)).size).toBe(6);
  });
});
