// Network addresses as text: IPv4, IPv6 (with a zone) or a host name, each with an optional port.
import { readDnsName } from './dns.ts'

/** An address in the wizard's form, or why the text is none, in words. */
export type AddressRead = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string }

const no = (why: string): AddressRead => ({ ok: false, why })

/** The ports AMT listens on anyway, without and with TLS: not kept. */
const usualPorts = ['', '16992', '16993']

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/

/** Whether the text is an IPv4 address: four numbers 0-255, without leading zeros (which some read as octal). */
export const isIpv4 = (text: string): boolean => ipv4.test(text)

/** Whether the text is an IPv6 address (RFC 4291 section 2.2), without brackets and zone. */
export function isIpv6(text: string): boolean {
  if (!text.includes(':')) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const tail = groups.at(-1) ?? ''
  const mapped = tail.includes('.')
  if (mapped && (!isIpv4(tail) || text.endsWith('::'))) return false
  const hex = mapped ? groups.slice(0, -1) : groups
  const count = hex.length + (mapped ? 2 : 0)
  return hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8)
}

const isLinkLocal6 = (text: string): boolean => /^fe[89ab][0-9a-f]:/i.test(text)

/**
 * Whether an address in the wizard's form is one that a computer gave itself and that leads over one network card only:
 * 169.254.x.x, or fe80::… without the zone that names the card.
 */
export const isSelfGiven = (address: string): boolean =>
  address.startsWith('169.254.') || (isLinkLocal6(address.replace('[', '')) && !address.includes('%'))

/** Addresses that belong to no single computer. */
const isNobody = (text: string): boolean => {
  if (!isIpv4(text)) return text === '::' || /^ff/i.test(text)
  const first = Number(text.slice(0, text.indexOf('.')))
  return first === 0 || first >= 224
}

const isPort = (text: string): boolean =>
  usualPorts.includes(text) || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535)

const places = ['first', 'second', 'third', 'last']

function whyNotIpv4(text: string): string {
  const parts = text.split('.')
  if (parts.length !== 4) return `${parts.length} numbers, an IPv4 address has 4`
  const at = parts.findIndex((part) => String(Number(part)) !== part || Number(part) > 255)
  const part = parts[at] ?? ''
  if (part === '') return `the ${places[at] ?? ''} number is missing`
  return Number(part) > 255
    ? `the ${places[at] ?? ''} number is ${part}, 255 is the highest`
    : `the ${places[at] ?? ''} number begins with 0, which some read as octal`
}

/** An IPv6 address with or without a zone (`fe80::1%12`, RFC 4007): its case is kept, for it names a network card. */
function readIpv6(text: string): AddressRead | null {
  const at = text.indexOf('%')
  const address = (at < 0 ? text : text.slice(0, at)).toLowerCase()
  if (!isIpv6(address)) return null
  if (at < 0) return { ok: true, value: address }
  // RFC 6874 writes the percent sign as %25 in web addresses.
  const zone = text.slice(at + 1).replace(/^25(?=.)/, '')
  if (!/^[\w.~-]{1,32}$/.test(zone)) return no('a zone is the number or name of a network card, like %12')
  return isLinkLocal6(address) ? { ok: true, value: `${address}%${zone}` } : no('only addresses with fe80: have a zone')
}

function readHost(host: string): AddressRead {
  if (isIpv4(host)) return { ok: true, value: host }
  if (/^[\d.]+$/.test(host)) return no(whyNotIpv4(host))
  const name = readDnsName(host)
  if (!name.ok) return name
  return /(?:^|\.)\d+$/.test(name.value) ? no('a host name does not end in a number') : { ok: true, value: name.value }
}

/**
 * Reads `10.0.0.7`, `fd00::7`, `fe80::7%12`, `[fd00::7]:623`, `pc7.contoso.com:16994`; the usual AMT ports are dropped,
 * letters lowered, international names turned into the form DNS knows.
 */
export function readAddress(text: string): AddressRead {
  if (isIpv4(text)) return withPort(text, '', text)
  if (/^[a-z]+:\/\//i.test(text)) return no('a web address')
  if (/^[\d.]+\/\d+$/.test(text)) return no('a network, not a computer')
  if (text.includes('/')) return no('a path')
  const [, inside, after = ''] = /^\[(.*)\](?::(.*))?$/.exec(text) ?? []
  if (inside !== undefined) {
    const read = readIpv6(inside) ?? no('no IPv6 address between the brackets')
    return read.ok ? withPort(read.value, after, `[${read.value}]`) : read
  }
  const bare = readIpv6(text)
  if (bare !== null) return bare.ok ? withPort(bare.value, '', bare.value) : bare
  const [host = '', given = '', ...more] = text.toLowerCase().split(':')
  if (more.length > 0) return no('neither an IPv6 address nor a name with one port')
  if (text.includes(':') && given === '') return no('no port after the colon')
  const read = readHost(host)
  return read.ok ? withPort(read.value, given, read.value) : read
}

function withPort(host: string, given: string, bracketed: string): AddressRead {
  if (isNobody(host)) return no('an address that belongs to no single computer')
  if (!isPort(given)) return no('a port is a number from 1 to 65535')
  return { ok: true, value: usualPorts.includes(given) ? host : `${bracketed}:${given}` }
}
