// What a list is recognised by when it comes again, and what a person took its columns for then.
import type { Field } from './computer.ts'
import { type Cells, lookOf } from './looks.ts'
import { shapeOf } from './shapes.ts'
import { knownTitle, plainTitle } from './titles.ts'

/** What a person took a column for earlier. */
export interface Remembered {
  /** null = left out. Only a whole list remembers that. */
  readonly field: Field | null
  /** When, in milliseconds since 1970. */
  readonly at: number
  /** `list`: the same list came before; `title`: a column of this title did, in another list. */
  readonly by: 'list' | 'title'
}

/** What a list is recognised by; never a cell's text. */
export interface Signature {
  /** Equal for lists with the same titles in any order; without titles, for lists whose columns look the same in the same order. */
  readonly list: string
  /** Each column's own mark within the list: its title, or its place. */
  readonly columns: readonly string[]
  /** Titles by column, as they are compared; null where there is none, or none that may be kept. */
  readonly titles: readonly (string | null)[]
}

const longestTitle = 60

/**
 * Whether a title may be a data cell taken for a title by mistake, and a secret: it is neither shown nor kept.
 */
export const isSecretLike = (title: string): boolean => shapeOf(title) === 'secret' && knownTitle(title) === null

/** The signature of a list. `sample` are its first data lines. */
export function signatureOf(titles: readonly string[], sample: Cells, header: boolean): Signature {
  if (!header) {
    const shapes = titles.map((_, at) => lookOf(sample, at)).map(({ blank, shape }) => (blank ? 'blank' : shape))
    const columns = titles.map((_, at) => `#${at}`)
    return { list: `shapes ${shapes.join(' ')}`, columns, titles: titles.map(() => null) }
  }
  const kept = titles.map((title) => {
    const plain = plainTitle(title)
    return plain === '' || plain.length > longestTitle || isSecretLike(title.trim()) ? null : plain
  })
  const seen = new Map<string, number>()
  // Titles that occur twice are told apart by their order.
  const columns = kept.map((title) => {
    const mark = title ?? '?'
    const times = (seen.get(mark) ?? 0) + 1
    seen.set(mark, times)
    return times === 1 ? mark : `${mark} ${times}`
  })
  return { list: `titles ${[...columns].sort().join('\n')}`, columns, titles: kept }
}
