// A copy of a list without its secrets: what was read, every cell blank that holds a password or looks like one.
import { isSecret } from '../../shared/computer.ts'
import type { Guess } from '../../shared/mapping.ts'
import { decodePassword } from '../../shared/password.ts'
import { shapeOf } from '../../shared/shapes.ts'
import { fieldOfTitle, isSecretTitle } from '../../shared/titles.ts'
import type { Line, Table } from './lines.ts'
import { listText } from './write.ts'

type List = Pick<Table, 'titles' | 'lines' | 'header' | 'delimiter'>

const sampled = 1000

/** Whether most cells of a column that is not taken for anything look like secrets. */
function looksSecret(lines: readonly Line[], at: number): boolean {
  const filled = lines.slice(0, sampled).flatMap(({ cells }) => cells[at] || [])
  return filled.length > 0 && filled.filter((cell) => shapeOf(cell) === 'secret').length > filled.length / 2
}

/** For each column whether it holds secrets: it is taken for one, its title says so, or it looks so. */
const secretColumns = ({ titles, lines }: List, guesses: readonly Pick<Guess, 'field'>[]): readonly boolean[] =>
  titles.map((title, at) => {
    const field = guesses[at]?.field ?? null
    return field === null ? isSecretTitle(title) || looksSecret(lines, at) : isSecret(field)
  })

/** Every secret of the list as it stands and as it is meant. */
function secretsOf({ lines }: List, secret: readonly boolean[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { cells } of lines) {
    cells.forEach((cell, at) => {
      if (cell === '' || secret[at] !== true) return
      found.add(cell)
      const decoded = decodePassword(cell)
      if (decoded !== null) found.add(decoded.secret)
    })
  }
  return found
}

/** Whether a list has anything that a copy would leave out. */
export const holdsSecrets = (table: List, guesses: readonly Pick<Guess, 'field'>[]): boolean => {
  const secret = secretColumns(table, guesses)
  return (
    secret.includes(true) &&
    table.lines.some(({ cells }) => cells.some((cell, at) => cell !== '' && secret[at] === true))
  )
}

/**
 * The list as CSV, in its own separator, with its own titles. Blank are: columns of secrets; every cell, wherever it stands,
 * that repeats one of them, alone or as a word; and in lines of another length, whose cells may have moved, all that looks
 * like a secret. Notes above the list are left out: nobody knows what stands in them.
 */
export function cleanCopy(
  table: List,
  guesses: readonly Pick<Guess, 'field'>[]
): { readonly suffix: string; readonly bytes: Uint8Array } {
  const secret = secretColumns(table, guesses)
  const secrets = secretsOf(table, secret)
  const repeats = (cell: string): boolean =>
    secrets.has(cell) || cell.split(/[\s,;:=|"'()]+/).some((word) => word.length >= 6 && secrets.has(word))
  const clean = ({ cells }: Line): string[] => {
    const moved = cells.length > table.titles.length
    return cells.map((cell, at) => {
      if (cell === '' || secret[at] === true || repeats(cell)) return ''
      return (moved || at >= table.titles.length) && shapeOf(cell) === 'secret' ? '' : cell
    })
  }
  // A line of data may have been taken for titles.
  const safe = (title: string): string => (shapeOf(title) === 'secret' && fieldOfTitle(title) === null ? '' : title)
  const titles = table.header ? [table.titles.map(safe)] : []
  const text = listText([...titles, ...table.lines.map(clean)], table.delimiter ?? ',')
  return { suffix: ' without passwords.csv', bytes: new TextEncoder().encode(text) }
}
