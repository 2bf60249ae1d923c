// Which subnet a computer is in: the unit that shares one line, one switch and one firewall.
import { lookup } from 'node:dns/promises'
import { isIpv4, isIpv6 } from '../../shared/address.ts'

/** Where nothing is known: all of those share one bucket. */
export const unknownSubnet = 'unknown'

/** The eight groups of an IPv6 address, its `::` filled. */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = address.split('::')
  const parts = (text: string): string[] => (text === '' ? [] : text.split(':'))
  if (tail === undefined) return parts(head)
  const [before, after] = [parts(head), parts(tail)]
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
}

/** "10.1.2.0/24" or "fd00:1:2:3::/64" of an address; undefined when the text is none. */
export function subnetOf(address: string): string | undefined {
  if (isIpv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  const [plain = ''] = address.split('%')
  if (!isIpv6(plain)) return undefined
  const mapped = /^::ffff:([\d.]+)$/i.exec(plain)?.[1]
  if (mapped !== undefined) return subnetOf(mapped)
  const short = (group: string): string => Number.parseInt(group, 16).toString(16)
  return `${groupsOf(plain).slice(0, 4).map(short).join(':')}::/64`
}

/** A name service that does not answer must not hold a computer back (ms). */
const longestLookup = 3_000

/** The subnet of a host: at once for an address, after a look into the name service for a name. Never rejects. */
export function placeOf(
  host: string,
  look: (host: string) => Promise<{ readonly address: string }> = lookup
): string | Promise<string> {
  const known = subnetOf(host)
  if (known !== undefined) return known
  return new Promise((resolve) => {
    const end = (found: string): void => {
      clearTimeout(late)
      resolve(found)
    }
    const late = setTimeout(end, longestLookup, unknownSubnet)
    look(host).then(
      ({ address }) => end(subnetOf(address) ?? unknownSubnet),
      () => end(unknownSubnet)
    )
  })
}

/** Subnets in which so many are at work that no more may begin. */
export function fullOf(atWork: Iterable<{ readonly subnet: string }>, most: number): readonly string[] {
  const counts = new Map<string, number>()
  for (const { subnet } of atWork) counts.set(subnet, (counts.get(subnet) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= most).map(([subnet]) => subnet)
}
