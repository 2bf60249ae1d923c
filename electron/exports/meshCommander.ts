// Devices for MeshCentral and MeshCommander: the list that MeshCommander saves.
import type { ExportComputer } from './computer.ts'

/** A JSON object with `computers`. Texts are written with the escapes of web addresses, as MeshCommander writes what was typed. */
export function meshCommanderList(computers: readonly ExportComputer[], tag: string): string {
  const entries = computers.map(({ name, fqdn, guid, address, amtVersion, tls, username, adminPassword }) => ({
    name: encodeURIComponent(name),
    host: encodeURIComponent(address === '' ? fqdn : address),
    tags: encodeURIComponent(tag),
    user: encodeURIComponent(username),
    ...(adminPassword !== undefined && { pass: encodeURIComponent(adminPassword) }),
    tls: tls ? 1 : 0,
    ver: amtVersion,
    uuid: guid
  }))
  return `${JSON.stringify({ computers: entries }, null, 2)}\n`
}
