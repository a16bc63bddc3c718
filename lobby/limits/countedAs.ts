/** Under which key somebody is counted who can write the same in many ways. */
import { isIPv6 } from 'node:net';

/** Groups of four hex digits that name an IPv6 network; what is behind them, its owner chooses as he likes. */
const NETWORK_GROUPS = 4;
/** IPv4 addresses as IPv6 ones: mapped (RFC 4291 section 2.5.5.2) and translated (RFC 6052 section 2.1). */
const EMBEDDED_IPV4 = /^(?:0:0:0:0:0:ffff|64:ff9b:0:0:0:0):([0-9a-f]+):([0-9a-f]+)$/;

/** The key of an IP address: an IPv4 address itself, of an IPv6 address its /64 network. */
export function addressKey(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return address;
  const [front = [], back = []] = new URL(`http://[${plain}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const left = Array<string>(8 - front.length - back.length).fill('0');
  const groups = [...front, ...left, ...back];
  const [, high, low] = EMBEDDED_IPV4.exec(groups.join(':')) ?? [];
  if (high === undefined || low === undefined) return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
  const bytes = [high, low].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
  return bytes.join('.');
}

/**
 * The key of an account name. Directories compare names without case, blanks, invisible characters and, some of them,
 * accents (RFC 4518 section 2; Active Directory), and a filter may take what stands before the `@` alone. So everything
 * is left out that one of them may pass over: that two people are counted as one costs little, that one person is
 * counted as many opens the door to guessing.
 */
export function accountKey(name: string): string {
  const letters = name.normalize('NFKD').replace(/[\p{M}\p{C}\p{Default_Ignorable_Code_Point}\s]/gu, '');
  return letters.toUpperCase().replace(/@.*$/s, '');
}
