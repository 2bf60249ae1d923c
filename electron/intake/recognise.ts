// Says in words what kind of list a file is, and how sure that is.
import type { Field } from '../../shared/computer.ts'
import { type Guess, osdColumns, sixColumns } from '../../shared/mapping.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { reasonTitle } from './failedRows.ts'
import type { Table } from './table.ts'

export interface Recognised {
  readonly kind: 'configmgr' | 'configmgr-osd' | 'failed-rows' | 'titled' | 'unknown'
  /** For the page: "Configuration Manager, six columns". */
  readonly words: string
  /** 0..1 */
  readonly confidence: number
  /** An explanation worth reading, when the list is not quite what is needed. */
  readonly note?: Problem
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six']

const same = (found: readonly (Field | null)[], list: readonly Field[]): boolean =>
  found.length >= 3 && found.length <= list.length && found.every((field, at) => field === list[at])

const osdNote = (found: string): Problem =>
  problem('file-osd-list', {
    found,
    expected: 'name, FQDN, SMBIOS GUID, then optionally MAC address and the two passwords'
  })

/** What the list is, judged by its titles and by what its columns were guessed to be. */
export function recognise(table: Pick<Table, 'header' | 'titles'>, guesses: readonly Guess[]): Recognised {
  const found = guesses.map((guess) => guess.field)
  const sure = Math.min(1, ...guesses.filter((guess) => guess.field !== null).map((guess) => guess.confidence))
  if (table.header && table.titles.at(-1) === reasonTitle && same(found.slice(0, -1), sixColumns)) {
    return { kind: 'failed-rows', words: 'Failed rows that this wizard wrote', confidence: 1 }
  }
  if (same(found, sixColumns)) {
    const words = `Configuration Manager, ${numbers[found.length]} columns${table.header ? ' with titles' : ''}`
    return { kind: 'configmgr', words, confidence: sure }
  }
  // Two of its three columns alone could be any list; the order tells.
  if (same(found, osdColumns)) {
    const words = 'Configuration Manager, list for operating system deployment (name, GUID, MAC)'
    return { kind: 'configmgr-osd', words, confidence: sure, note: osdNote('name, SMBIOS GUID, MAC address; no FQDN') }
  }
  const known = found.filter((field) => field !== null).length
  if (known === 0) return { kind: 'unknown', words: 'A list of an unknown kind', confidence: 0 }
  const titles = table.header ? 'List with column titles' : 'List without column titles'
  const words = `${titles}, ${known} of ${found.length} columns understood`
  return { kind: table.header ? 'titled' : 'unknown', words, confidence: sure * (known / found.length) }
}
