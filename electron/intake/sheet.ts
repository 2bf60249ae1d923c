// Reads one sheet of a workbook into lines: values as they are shown, never a formula calculated (ECMA-376, 18.3).
import { type Problem, problem } from '../../shared/problem.ts'
import { type Show, showGeneral } from './cellFormat.ts'
import { type Line, limits } from './lines.ts'
import type { Listener } from './workbookPart.ts'

/** What the cells of all sheets refer to. */
export interface Shared {
  readonly strings: readonly string[]
  /** How numbers are shown, by the number of the cell's style. */
  readonly styles: readonly Show[]
}

/** A listener that gathers the rows of a sheet; `most` rows with data are enough. */
export interface SheetReader extends Listener {
  readonly lines: Line[]
  /** A row that has more cells than a list may have; null = none. */
  readonly wide: () => { readonly line: number; readonly cells: number } | null
  notes(): readonly Problem[]
}

/** "AB12" → 27. -1 without letters. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at)
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true'

/** Counts something, and remembers where it was seen first. */
const tally = () => ({ count: 0, line: 0, sample: '' })
type Tally = ReturnType<typeof tally>
function seen(one: Tally, line: number, sample = ''): void {
  if (one.count++ === 0) Object.assign(one, { line, sample })
}

const sayCount = ({ count }: Tally, what: string): string => `${count} such ${what}${count === 1 ? '' : 's'}`

export function sheetReader({ strings, styles }: Shared, most: number): SheetReader {
  const lines: Line[] = []
  const [numbers, unread, hidden] = [tally(), tally(), tally()]
  let row = { number: 0, hidden: false, cells: [] as string[] }
  let cell = { column: -1, type: '', style: 0, formula: false, value: '', valued: false }
  let taking = false
  let spoken = false
  let wide: { line: number; cells: number } | null = null

  /** A number as shown. Where digits may have been lost before we saw it, that is noted. */
  function shown(text: string): string {
    const number = Number(text)
    if (text === '' || Number.isNaN(number)) return text
    const result = (styles[cell.style] ?? showGeneral)(number)
    if (/^-?\d+\.\d+$/.test(result) || /^\d{10,}/.test(result)) seen(numbers, row.number, result)
    return result
  }

  function textOfCell(): string {
    const { type, value } = cell
    if (type === 's') return strings[Number(value)] ?? ''
    if (type === 'b') return isTrue(value.trim()) ? 'TRUE' : 'FALSE'
    return type === '' || type === 'n' ? shown(value.trim()) : value
  }

  function closeCell(): void {
    if (cell.formula && !cell.valued) seen(unread, row.number)
    const text = cell.valued ? textOfCell().trim() : ''
    if (text === '') return
    if (cell.column >= limits.cells) {
      wide ??= { line: row.number, cells: cell.column + 1 }
      return
    }
    while (row.cells.length < cell.column) row.cells.push('')
    row.cells[cell.column] = text
  }

  return {
    lines,
    wide: () => wide,
    enough: () => lines.length >= most || wide !== null,
    open(name, attribute) {
      if (name === 'row') {
        const number = Number(attribute('r'))
        const next = Number.isInteger(number) && number > row.number ? number : row.number + 1
        row = { number: next, hidden: isTrue(attribute('hidden')), cells: [] }
        cell = { ...cell, column: -1 }
      } else if (name === 'c') {
        const column = columnOf(attribute('r') ?? '')
        const next = column < 0 ? cell.column + 1 : column
        cell = {
          column: next,
          type: attribute('t') ?? '',
          style: Number(attribute('s') ?? 0),
          formula: false,
          value: '',
          valued: false
        }
      } else if (name === 'f') cell.formula = true
      // How a text is spoken (Japanese) is not part of it.
      else if (name === 'rPh') spoken = true
      else if ((name === 'v' || name === 't') && !spoken) {
        taking = true
        cell.valued = true
      }
    },
    text(text) {
      if (taking) cell.value += text
    },
    close(name) {
      if (name === 'v' || name === 't') taking = false
      else if (name === 'rPh') spoken = false
      else if (name === 'c') closeCell()
      else if (name === 'row' && row.cells.length > 0) {
        if (row.hidden) seen(hidden, row.number)
        lines.push({ line: row.number, cells: row.cells })
      }
    },
    notes: () => [
      ...(numbers.count === 0
        ? []
        : [
            problem('file-number-cells', {
              where: `row ${numbers.line}`,
              found: `${numbers.sample}; ${sayCount(numbers, 'cell')}`
            })
          ]),
      ...(unread.count === 0
        ? []
        : [problem('file-formula-unread', { where: `row ${unread.line}`, found: sayCount(unread, 'cell') })]),
      ...(hidden.count === 0
        ? []
        : [problem('file-hidden-rows', { where: `row ${hidden.line}`, found: sayCount(hidden, 'row') })])
    ]
  }
}
