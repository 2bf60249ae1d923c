// What the mapping page says about a column: its name, what it is taken for, how sure that is and why.
import { type Field, fields, isSecret } from '../../shared/computer.ts'
import type { Column } from '../../shared/draft.ts'
import { confidenceWords, isChosen } from '../../shared/mapping.ts'
import { mask } from '../../shared/password.ts'

/** Fields without which Configuration Manager takes no computer. */
export const mandatory: readonly Field[] = ['name', 'fqdn', 'guid']

/** A column's title, with its place where it has none or another column has the same one. */
export function columnName(columns: readonly Pick<Column, 'title'>[], index: number): string {
  const title = columns[index]?.title.trim() ?? ''
  if (title === '') return `Column ${index + 1}`
  return columns.filter((column) => column.title.trim() === title).length > 1 ? `${title} (column ${index + 1})` : title
}

/** Samples of a column; masked here as well while a choice that makes a secret of it is on its way. */
export const samplesOf = (column: Column, field: Field | null): readonly string[] =>
  field !== null && isSecret(field) ? column.samples.map(() => mask) : column.samples

/** ms since 1970 → "3 Nov", with the year where it is another one. */
function day(at: number): string {
  const date = new Date(at)
  const year = date.getFullYear() === new Date().getFullYear() ? {} : ({ year: 'numeric' } as const)
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })
}

export interface Sureness {
  readonly kind: 'sure' | 'likely' | 'guess' | 'chosen' | 'remembered' | 'open' | 'none'
  /** "likely", "you chose this", "remembered from 3 Nov" */
  readonly words: string
  /** The reason behind it; '' when there is none. */
  readonly because: string
}

/** How sure a column's assignment is. `touched` = the person has just chosen it. */
export function surenessOf(column: Column, field: Field | null, touched: boolean): Sureness {
  const { because, confidence, chosenAt } = column
  if (touched || isChosen(column) || field !== column.field)
    return { kind: 'chosen', words: 'you chose this', because: '' }
  if (chosenAt !== undefined) return { kind: 'remembered', words: `remembered from ${day(chosenAt)}`, because }
  if ((column.could ?? []).length > 0) return { kind: 'open', words: 'to be chosen', because }
  if (field === null) return { kind: 'none', words: '', because }
  const words = confidenceWords(confidence)
  return { kind: words === 'a guess' ? 'guess' : words, words, because }
}

/** One field that the person has to say something about, and the columns that come into question. */
export interface Question {
  readonly field: Field
  /** `tie`: several columns could be it equally well. `missing`: no column looks like it. */
  readonly kind: 'tie' | 'missing'
  readonly columns: readonly number[]
}

/** What has to be asked about a mapping; `now` are the fields as chosen at the moment. */
export const questionsOf = (columns: readonly Column[], now: readonly (Field | null)[]): readonly Question[] =>
  fields.flatMap((field): Question[] => {
    if (now.includes(field)) return []
    const tied = columns.flatMap((column, index) => (column.could?.includes(field) ? [index] : []))
    if (tied.length > 1) return [{ field, kind: 'tie', columns: tied }]
    if (!mandatory.includes(field)) return []
    return [{ field, kind: 'missing', columns: columns.flatMap((_, index) => (now[index] === null ? [index] : [])) }]
  })
