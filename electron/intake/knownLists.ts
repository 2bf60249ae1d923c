// The lists of tools that are known by their form: which key or title is which field, and what else must be read out of it.
import { isIpv4, isIpv6 } from '../../shared/address.ts'
import type { Field } from '../../shared/computer.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { shapeOf } from '../../shared/shapes.ts'
import type { Form, Table } from './lines.ts'

export type Entry = Readonly<Record<string, unknown>>
type Entries = readonly { readonly value: Entry }[]

interface Column {
  readonly title: string
  readonly field: Field | null
  of(entry: Entry): string
}

export interface JsonForm extends Omit<Form, 'fields'> {
  readonly columns: readonly Column[]
  notes(entries: Entries): readonly Problem[]
}

/** The value at a path of keys as text; '' when there is none. */
function at(entry: Entry, ...path: readonly string[]): string {
  let value: unknown = entry
  for (const key of path) value = typeof value === 'object' && value !== null ? (value as Entry)[key] : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** MeshCommander keeps what was typed with the escapes of web addresses; what it found by scanning stands plain. */
function typed(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isFqdn = (text: string): boolean => shapeOf(text) === 'fqdn'
const isIp = (text: string): boolean => isIpv4(text) || isIpv6(text)
const withoutPort = (host: string): string => host.replace(/^([^:[\]]+):\d+$/, '$1')

/** The host part of a full name, the name as it stands otherwise; an address is no name. */
const shortName = (text: string): string => (isIp(text) ? '' : isFqdn(text) ? (text.split('.')[0] ?? '') : text)
const firstFqdn = (...texts: readonly string[]): string => texts.map(withoutPort).find(isFqdn) ?? ''

/** Intel's numbers of the provisioning state, in Configuration Manager's words. 1 (in between) has none. */
const stateWords: Readonly<Record<string, string>> = { '0': 'Not Provisioned', '2': 'Externally Provisioned' }

const column = (title: string, field: Field | null, of: Column['of']): Column => ({ title, field, of })
const plain = (key: string, field: Field | null): Column => column(key, field, (entry) => at(entry, key))

/** The password counts as the Remote Admin password only with the account `admin`; `*` is a Windows (Kerberos) login. */
const ofAdmin = (user: string, password: string): string => (user === '' || user === 'admin' ? password : '')

function otherAccounts(entries: Entries, userOf: (entry: Entry) => string, passOf: (entry: Entry) => string) {
  const others = entries.filter(({ value }) => passOf(value) !== '' && !['', 'admin', '*'].includes(userOf(value)))
  if (others.length === 0) return []
  const names = [...new Set(others.map(({ value }) => userOf(value)))].slice(0, 5).join(', ')
  return [problem('file-other-account', { found: `${others.length} with the account ${names}` })]
}

const part = (key: string) => (entry: Entry) => typed(at(entry, key))

const meshCommander: Omit<JsonForm, 'kind' | 'words'> = {
  passwords: 'clear',
  columns: [
    column('name', 'name', (entry) => shortName(part('name')(entry))),
    column('host', 'address', part('host')),
    column('host or name, where it is a full DNS name', 'fqdn', (entry) =>
      firstFqdn(part('host')(entry), part('name')(entry))
    ),
    plain('uuid', 'guid'),
    column('user', null, part('user')),
    column('pass', 'adminPassword', (entry) => ofAdmin(part('user')(entry), part('pass')(entry))),
    plain('ver', 'amtVersion'),
    column('pstate', 'amtStatus', (entry) => stateWords[at(entry, 'pstate')] ?? ''),
    column('tags', null, part('tags'))
  ],
  notes: (entries) => otherAccounts(entries, part('user'), part('pass'))
}

const node = (entry: Entry): Entry =>
  typeof entry.node === 'object' && entry.node !== null ? (entry.node as Entry) : entry
const onNode =
  (...path: readonly string[]) =>
  (entry: Entry) =>
    at(node(entry), ...path)

const meshCentralDevices: JsonForm = {
  kind: 'meshcentral',
  words: 'MeshCentral, list of devices',
  // MeshCentral never exports passwords.
  passwords: null,
  columns: [
    column('name', 'name', (entry) => shortName(onNode('rname')(entry) || onNode('name')(entry))),
    column('host', 'address', (entry) => onNode('host')(entry) || onNode('intelamt', 'host')(entry)),
    column('host or name, where it is a full DNS name', 'fqdn', (entry) =>
      firstFqdn(onNode('host')(entry), onNode('rname')(entry), onNode('name')(entry))
    ),
    column('intelamt.uuid', 'guid', onNode('intelamt', 'uuid')),
    column('intelamt.ver', 'amtVersion', onNode('intelamt', 'ver')),
    column('intelamt.state', 'amtStatus', (entry) => stateWords[onNode('intelamt', 'state')(entry)] ?? ''),
    column('osdesc', null, onNode('osdesc'))
  ],
  notes: (entries) => {
    const without = entries.filter(({ value }) => typeof node(value).intelamt !== 'object').length
    return without === 0 ? [] : [problem('file-without-amt', { found: `${without} of ${entries.length} devices` })]
  }
}

const meshCentralList: JsonForm = {
  kind: 'meshcentral',
  words: 'MeshCentral, list of Intel AMT devices',
  passwords: 'clear',
  columns: [
    column('name', 'name', (entry) => shortName(at(entry, 'name') || at(entry, 'fqdn'))),
    column('fqdn, where it is a full DNS name', 'fqdn', (entry) => firstFqdn(at(entry, 'fqdn'))),
    plain('uuid', 'guid'),
    plain('username', null),
    column('password', 'adminPassword', (entry) => ofAdmin(at(entry, 'username'), at(entry, 'password'))),
    column('fqdn', 'address', (entry) => at(entry, 'fqdn')),
    plain('version', 'amtVersion'),
    column('pstate', 'amtStatus', (entry) => stateWords[at(entry, 'pstate')] ?? '')
  ],
  notes: (entries) =>
    otherAccounts(
      entries,
      (entry) => at(entry, 'username'),
      (entry) => at(entry, 'password')
    )
}

const migrationTool: JsonForm = {
  kind: 'inventory',
  words: 'Intel SCS, export of the vPro Manageability Migration Tool',
  passwords: 'clear',
  columns: [
    column('Name (first part of Fqdn)', 'name', (entry) => shortName(at(entry, 'Fqdn'))),
    plain('Fqdn', 'fqdn'),
    plain('Uuid', 'guid'),
    plain('ConfiguredPassword', 'adminPassword'),
    plain('IPv4', 'address'),
    plain('AmtVersion', 'amtVersion'),
    plain('ConnectionType', null)
  ],
  notes: () => []
}

const everyFew = (entries: Entries, is: (entry: Entry) => boolean): boolean =>
  entries.length > 0 && entries.slice(0, 20).every(({ value }) => is(value))

/** MeshCommander locks its lists with AES; this word at the start tells. */
export const isLockedList = (facts: ReadonlyMap<string, unknown>): boolean =>
  facts.has('magic') && ['salt', 'iv', 'tag', 'data'].every((key) => facts.has(key))

/** The form of a JSON list, told by where the list lies and by the keys of its entries; null when it is not known. */
export function findJsonForm(path: string, entries: Entries, facts: ReadonlyMap<string, unknown>): JsonForm | null {
  if (path === 'ManagedSystems.ManagedSystemsList' && everyFew(entries, (entry) => 'Fqdn' in entry || 'Uuid' in entry))
    return migrationTool
  if (path === 'computers' && everyFew(entries, (entry) => 'host' in entry || 'name' in entry)) {
    // MeshCentral writes the same form, under one fixed version, and never with passwords or tags.
    const central =
      facts.get('webappversion') === '0.9.0' &&
      everyFew(entries, (entry) => !('tags' in entry) && at(entry, 'pass') === '')
    return central
      ? { ...meshCommander, kind: 'meshcentral', words: 'MeshCentral, list of Intel AMT devices for MeshCommander' }
      : { ...meshCommander, kind: 'meshcommander', words: 'MeshCommander, list of computers' }
  }
  if (everyFew(entries, (entry) => at(node(entry), '_id').startsWith('node/'))) return meshCentralDevices
  const simple = (entry: Entry): boolean =>
    'fqdn' in entry && ('username' in entry || 'tls' in entry || 'pstate' in entry)
  return path === '' && everyFew(entries, simple) ? meshCentralList : null
}

const plainTitle = (title: string): string => title.trim().toLowerCase()
/** The three columns that MeshCommander reads from a CSV file, whatever else stands in it. */
const threeTitles: readonly (readonly [string, Field])[] = [
  ['intel amt fqdn', 'fqdn'],
  ['intel amt ipv4', 'address'],
  ['intel amt version', 'amtVersion']
]

/**
 * A table whose titles are those of a known tool, with what its columns are. MeshCommander's three columns hold no name: it
 * is the first part of the FQDN; and no GUID: its column is there to be filled in.
 */
export function formOf(table: Table): Table {
  const titles = table.titles.map(plainTitle)
  const places = threeTitles.map(([title]) => titles.indexOf(title))
  const fqdn = places[0] ?? -1
  if (!table.header || fqdn < 0 || places.filter((place) => place >= 0).length < 2) return table
  const known = new Map(threeTitles.map(([, field], at) => [places[at], field]))
  const own = titles.map(
    (title, at): Field | null => known.get(at) ?? (/^(?:intel amt )?(?:uuid|guid)$/.test(title) ? 'guid' : null)
  )
  const added: readonly (readonly [string, Field])[] = [
    ['Name (first part of the FQDN)', 'name'],
    ...(own.includes('guid') ? [] : [['SMBIOS GUID (not in the file)', 'guid'] as const])
  ]
  const lines = table.lines.map(({ line, cells }) => {
    const whole = [...cells, ...titles.slice(cells.length).map(() => '')]
    const name = shortName(cells[fqdn] ?? '')
    const extra = added.map(([, field]) => (field === 'name' ? name : ''))
    // A line that is too long stays so, behind what was added: it is for the rows to judge.
    return { line, cells: [...whole.slice(0, titles.length), ...extra, ...whole.slice(titles.length)] }
  })
  return {
    ...table,
    kind: 'meshcommander-csv',
    words: 'MeshCommander, list of Intel AMT FQDN, IPv4 and version',
    passwords: null,
    titles: [...table.titles, ...added.map(([title]) => title)],
    fields: [...own, ...added.map(([, field]) => field)],
    lines
  }
}
