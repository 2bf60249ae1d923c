// What becomes of a row when something is put into its cells: checked anew where it was touched, and nowhere else.
import { checkField } from '../../shared/check.ts'
import { type Field, fields, isSecret, type SecretField } from '../../shared/computer.ts'
import { checkPassword } from '../../shared/password.ts'
import { emptyRow, type Issue, type KeptRow } from '../store/keptRow.ts'
import { type IntakeRow, noSecrets, togetherIssues } from './rows.ts'

/**
 * What goes into a cell: a text as it is typed (a password in clear), the secret that another row has already,
 * or back to what stands in the file.
 */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'kept'; readonly from: KeptRow }
  | { readonly kind: 'file' }

export type Cells = Readonly<Partial<Record<Field, Cell>>>

/** Texts as they were typed into the fields of a row. */
export const typed = (texts: Readonly<Partial<Record<Field, string>>>): Cells =>
  Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, { kind: 'text', text }]))

/** What stands in the file: a text, or the slot of a secret; undefined for a row that is in no file. */
const inFile = ({ line, found, values }: KeptRow, field: Field): string | undefined =>
  line === 0 ? undefined : (found[field] ?? values[field])

interface Draft {
  readonly values: Record<Field, string>
  readonly found: Partial<Record<Field, string>>
  readonly secrets: Partial<Record<SecretField, string>>
  readonly edited: Set<Field>
  readonly asFound: Set<Field>
  readonly issues: Issue[]
}

function putOpen(draft: Draft, row: KeptRow, field: Exclude<Field, SecretField>, cell: Cell): void {
  const original = inFile(row, field)
  const text =
    cell.kind === 'text' ? cell.text.trim() : cell.kind === 'kept' ? cell.from.values[field] : (original ?? '')
  // A cell that was only normalised goes back to the very text of the file; jobs get the normalised one all the same.
  const raw = cell.kind === 'file' && !row.edited.includes(field)
  const checked = checkField(field, text, raw)
  draft.values[field] = checked.value
  delete draft.found[field]
  draft.edited.delete(field)
  draft.asFound.delete(field)
  if (raw) draft.asFound.add(field)
  if (original !== undefined) {
    if (original !== draft.values[field]) draft.found[field] = original
    if (!raw && checkField(field, original).value !== checked.value) draft.edited.add(field)
  }
  if (checked.problem !== undefined)
    draft.issues.push({ field, severity: checked.severity ?? 'blocker', problem: checked.problem })
}

function putSecret(draft: Draft, row: KeptRow, field: SecretField, cell: Cell): void {
  const original = inFile(row, field)
  const slot = cell.kind === 'kept' ? cell.from.values[field] : cell.kind === 'file' ? (original ?? '') : ''
  draft.values[field] = slot
  delete draft.secrets[field]
  delete draft.found[field]
  draft.edited.delete(field)
  // A typed secret has no slot yet, and will have another one.
  if (original !== undefined && (original !== slot || cell.kind === 'text')) {
    draft.found[field] = original
    draft.edited.add(field)
  }
  if (cell.kind === 'kept') {
    draft.issues.push(...cell.from.issues.filter((issue) => issue.field === field))
  }
  if (cell.kind !== 'text') return
  const { secret, severity, problem } = checkPassword(field, cell.text, 'clear')
  if (secret !== '') draft.secrets[field] = secret
  if (problem !== undefined) draft.issues.push({ field, severity: severity ?? 'blocker', problem })
}

/** Whether putting this into the cell would change nothing. */
function idle(row: KeptRow, field: Field, cell: Cell): boolean {
  if (cell.kind === 'file') {
    if (row.line === 0 || row.asFound.includes(field)) return true
    return row.found[field] === undefined || (isSecret(field) && row.found[field] === '')
  }
  if (cell.kind === 'kept') return row.values[field] === cell.from.values[field]
  return isSecret(field) ? cell.text === '' && row.values[field] === '' : cell.text.trim() === row.values[field]
}

const order = (issue: Issue): number => (issue.field === null ? -1 : fields.indexOf(issue.field))

/**
 * The row after this was put into its cells; the same row when nothing changes. What was said about the line as a whole is settled by the person who changes it.
 */
export function retype(row: KeptRow, cells: Cells): IntakeRow | KeptRow {
  const entries = (Object.entries(cells) as [Field, Cell][]).filter(([field, cell]) => !idle(row, field, cell))
  const settles = Object.keys(cells).length > 0 && row.issues.some(({ field }) => field === null)
  if (entries.length === 0 && !settles) return row
  const touched = new Set(entries.map(([field]) => field))
  const named = touched.has('name') || touched.has('fqdn')
  const stays = ({ field, problem }: Issue): boolean =>
    field !== null && !touched.has(field) && !(named && problem.code === 'name-differs')
  const draft: Draft = {
    values: { ...row.values },
    found: { ...row.found },
    secrets: {},
    edited: new Set(row.edited),
    asFound: new Set(row.asFound),
    issues: row.issues.filter(stays)
  }
  for (const [field, cell] of entries) {
    if (isSecret(field)) putSecret(draft, row, field, cell)
    else putOpen(draft, row, field, cell)
  }
  const { values, found, secrets, edited, asFound } = draft
  const together = named ? togetherIssues(values, draft.issues) : []
  const issues = [...draft.issues, ...together].sort((a, b) => order(a) - order(b))
  return {
    ...row,
    values,
    found: Object.keys(found).length === 0 ? emptyRow.found : found,
    secrets: Object.keys(secrets).length === 0 ? noSecrets : secrets,
    edited: edited.size === 0 ? emptyRow.edited : fields.filter((field) => edited.has(field)),
    asFound: asFound.size === 0 ? emptyRow.asFound : fields.filter((field) => asFound.has(field)),
    issues: issues.length === 0 ? emptyRow.issues : issues
  }
}
