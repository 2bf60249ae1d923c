// Network addresses as text: IPv4, IPv6 or a host name, each with an optional port.

/** An address in the wizard's form, or why the text is none, in words. */
export type AddressRead = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string }

const no = (why: string): AddressRead => ({ ok: false, why })

/** The ports AMT listens on anyway, without and with TLS: not kept. */
const usualPorts = ['', '16992', '16993']

/** Whether the text is an IPv4 address: four numbers 0-255, without leading zeros (which some read as octal). */
export const isIpv4 = (text: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) &&
  text.split('.').every((part) => String(Number(part)) === part && Number(part) <= 255)

/** Whether the text is an IPv6 address (RFC 4291 section 2.2), without brackets and zone. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (!text.includes(':') || halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const tail = groups.at(-1) ?? ''
  const mapped = tail.includes('.')
  if (mapped && (!isIpv4(tail) || text.endsWith('::'))) return false
  const hex = mapped ? groups.slice(0, -1) : groups
  const count = hex.length + (mapped ? 2 : 0)
  return hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8)
}

const isHost = (text: string): boolean =>
  text.length <= 253 &&
  /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/i.test(text) &&
  !/(?:^|\.)\d+$/.test(text)

/** Addresses that belong to no single computer. */
const isNobody = (text: string): boolean => {
  const first = Number(text.split('.')[0])
  return isIpv4(text) ? first === 0 || first >= 224 : text === '::' || /^ff/i.test(text)
}

function port(text: string): boolean {
  return usualPorts.includes(text) || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535)
}

/** Reads `10.0.0.7`, `fd00::7`, `[fd00::7]:623`, `pc7.contoso.com:16994`; the usual AMT ports are dropped, letters lowered. */
export function readAddress(text: string): AddressRead {
  const lower = text.toLowerCase()
  if (/^[a-z]+:\/\//.test(lower)) return no('a web address')
  if (lower.includes('/')) return no('a network or a path')
  const [, inside, after = ''] = /^\[(.*)\](?::(.*))?$/.exec(lower) ?? []
  if (inside !== undefined) {
    if (!isIpv6(inside)) return no('no IPv6 address between the brackets')
    return withPort(inside, after, `[${inside}]`)
  }
  if (isIpv6(lower)) return withPort(lower, '', lower)
  const [host = '', given = '', ...more] = lower.split(':')
  if (more.length > 0 || (lower.includes(':') && given === '')) return no('no address and no port')
  if (isIpv4(host) || isHost(host)) return withPort(host, given, host)
  return no(/^[\d.]+$/.test(host) ? 'not four numbers from 0 to 255' : 'not a host name')
}

function withPort(host: string, given: string, bracketed: string): AddressRead {
  if (isNobody(host)) return no('an address that belongs to no single computer')
  if (!port(given)) return no('a port is a number from 1 to 65535')
  return { ok: true, value: usualPorts.includes(given) ? host : `${bracketed}:${given}` }
}
