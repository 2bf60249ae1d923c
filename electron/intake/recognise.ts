// Says in words what kind of list a file is, how sure that is, and whether another management solution exported it.
import { type Field, isSecret } from '../../shared/computer.ts'
import type { Recognised } from '../../shared/draft.ts'
import { type Guess, osdColumns, sixColumns } from '../../shared/mapping.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { reasonTitle } from './failedRows.ts'
import type { Table } from './lines.ts'
import { exampleDomain, templateTitles } from './template.ts'

/** What is recognised, an explanation worth reading, and the default of the mark "automatic provisioning prevented". */
export interface Recognition extends Recognised {
  /** When the list is not quite what is needed. */
  readonly note?: Problem
  /** It was written by another management solution (strategy "with an export utility"). A person may say otherwise. */
  readonly exported: boolean
}

type Known = Pick<Table, 'header' | 'titles' | 'lines' | 'kind' | 'words' | 'fields'>

/** What the form of the file tells about its columns; null when they must be guessed. */
export const columnsOfForm = ({ fields }: Pick<Table, 'fields'>): readonly Guess[] | null =>
  fields?.map((field) =>
    field === null
      ? { field, because: '', confidence: 0 }
      : { field, because: 'this kind of list always has it here', confidence: 1 }
  ) ?? null

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six']

const same = (found: readonly (Field | null)[], list: readonly Field[]): boolean =>
  found.length >= 3 && found.length <= list.length && found.every((field, at) => field === list[at])

const osdNote = (found: string): Problem =>
  problem('file-osd-list', {
    found,
    expected: 'name, FQDN, SMBIOS GUID, then optionally MAC address and the two passwords'
  })

/** Whether a column of secrets has text in any line: a list typed by hand seldom has, an exported one nearly always. */
function hasSecrets(table: Known, found: readonly (Field | null)[]): boolean {
  const places = found.flatMap((field, at) => (field !== null && isSecret(field) ? [at] : []))
  return places.length > 0 && table.lines.some(({ cells }) => places.some((at) => (cells[at] ?? '') !== ''))
}

/** Tools whose names stand for an export, wherever the columns are. */
const exportedKinds: readonly Recognised['kind'][] = ['meshcommander', 'meshcommander-csv', 'meshcentral']

function byTemplate(table: Known): Recognition | null {
  const titles =
    templateTitles.length === table.titles.length && templateTitles.every((title, at) => title === table.titles[at])
  if (!table.header || !titles) return null
  const left = table.lines.filter(({ cells }) => cells.some((cell) => cell.toLowerCase().endsWith(exampleDomain)))
  const [first] = left
  const rows = `${left.length} ${left.length === 1 ? 'row' : 'rows'} with names in ${exampleDomain}`
  return {
    kind: 'template',
    words: 'The list of this wizard, filled in',
    confidence: 1,
    exported: false,
    ...(first !== undefined && { note: problem('file-examples-left', { where: `line ${first.line}`, found: rows }) })
  }
}

/** What the list is, judged by its form, its titles, and by what its columns were guessed to be. */
export function recognise(table: Known, guesses: readonly Guess[]): Recognition {
  const found = guesses.map((guess) => guess.field)
  if (table.kind !== null) {
    const migration = table.kind === 'inventory'
    const exported = migration || exportedKinds.includes(table.kind)
    return { kind: table.kind, words: table.words ?? '', confidence: 1, exported }
  }
  const sure = Math.min(1, ...guesses.filter((guess) => guess.field !== null).map((guess) => guess.confidence))
  if (table.header && table.titles.at(-1) === reasonTitle && sixColumns.every((field) => found.includes(field)))
    return { kind: 'failed-rows', words: 'Failed rows that this wizard wrote', confidence: 1, exported: false }
  const template = byTemplate(table)
  if (template !== null) return template
  if (same(found, sixColumns)) {
    const words = `Configuration Manager, ${numbers[found.length]} columns${table.header ? ' with titles' : ''}`
    return { kind: 'configmgr', words, confidence: sure, exported: hasSecrets(table, found) }
  }
  // Two of its three columns alone could be any list; the order tells.
  if (same(found, osdColumns)) {
    const words = 'Configuration Manager, list for operating system deployment (name, GUID, MAC)'
    const note = osdNote('name, SMBIOS GUID, MAC address; no FQDN')
    return { kind: 'configmgr-osd', words, confidence: sure, note, exported: false }
  }
  const known = found.filter((field) => field !== null).length
  if (known === 0) return { kind: 'unknown', words: 'A list of an unknown kind', confidence: 0, exported: false }
  const titles = table.header ? 'List with column titles' : 'List without column titles'
  const words = `${titles}, ${known} of ${found.length} columns understood`
  const kind = table.header ? 'inventory' : 'unknown'
  return { kind, words, confidence: sure * (known / found.length), exported: false }
}
