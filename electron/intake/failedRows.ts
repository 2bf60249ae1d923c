// Writes computers that failed back as a list: the six Configuration Manager columns, and last why they failed.
import { type Computer, fieldTitles } from '../../shared/computer.ts'
import { sixColumns } from '../../shared/mapping.ts'
import type { Delimiter } from './lines.ts'
import { listText } from './write.ts'

/** The title of the last column; no field is called so, thus it is ignored when the list comes back. */
export const reasonTitle = 'Reason'

/**
 * A CSV text that can be imported again: UTF-8 with byte order mark (for Excel), CR LF, a line of titles, the separator of the
 * person's country. The password columns are there, so that the list keeps its form, and always blank: secrets never leave
 * the keychain.
 */
export function failedRowsCsv(
  rows: readonly { readonly computer: Computer; readonly reason: string }[],
  delimiter: Delimiter = ','
): string {
  // The six columns alone, unless an address was given by hand: it must not get lost on the way back.
  const withAddress = rows.some(({ computer }) => computer.address !== '')
  const optional = (cell: string): string[] => (withAddress ? [cell] : [])
  const titles = [...sixColumns.map((field) => fieldTitles[field]), ...optional(fieldTitles.address), reasonTitle]
  const lines = rows.map(({ computer: { name, fqdn, guid, mac, address }, reason }) => [
    ...[name, fqdn, guid, mac, '', ''],
    ...optional(address),
    reason
  ])
  return listText([titles, ...lines], delimiter)
}
