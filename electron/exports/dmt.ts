// Devices for the Device Management Toolkit Console: bodies of POST /api/v1/devices, one entry each.
import type { ExportComputer } from './computer.ts'

/** Longest user name that the Console takes. */
const longestUser = 16

/**
 * A JSON array. Field names are those of the Console's device; which of them it needs is believed. Factory certificates and
 * those of our own authority are strange to it, so with TLS they have to be allowed.
 */
export function consoleDevices(computers: readonly ExportComputer[], tag: string): string {
  const bodies = computers.map(({ name, fqdn, guid, address, tls, username, adminPassword }) => ({
    guid,
    hostname: address === '' ? fqdn : address,
    friendlyName: name,
    dnsSuffix: fqdn.split('.').slice(1).join('.'),
    tags: tag === '' ? [] : [tag],
    username: username.slice(0, longestUser),
    ...(adminPassword !== undefined && { password: adminPassword }),
    useTLS: tls,
    allowSelfSigned: tls
  }))
  return `${JSON.stringify(bodies, null, 2)}\n`
}
