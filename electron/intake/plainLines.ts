// Splits the lines of a text that need no parser, as most do: without quotation marks, or with a pair of them around each cell.

/** Longer ones are for the parser to judge. */
const longestRest = 64 * 1024

export interface PlainLines {
  /** Complete lines so far. */
  readonly count: number
  /**
   * Takes the next piece of the text, its lines ended by `\n`. Answers what it leaves to the parser: '' as long as there is no
   * line that needs one; else everything from the beginning of that line on. Nothing may be given to it after that.
   */
  take(text: string): string
  /** The last line, when no `\n` ends it; answers it when it needs the parser. */
  end(): string
}

/** The cells of a line; null = its quotation marks need a parser. */
function cellsOf(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) {
    const cells = line.split(delimiter)
    return /\s/.test(line) ? cells.map((cell) => cell.trim()) : cells
  }
  if (line.length < 2 || !line.startsWith('"') || !line.endsWith('"')) return null
  const cells = line.slice(1, -1).split(`"${delimiter}"`)
  return cells.some((cell) => cell.includes('"')) ? null : cells
}

/**
 * Gives the cells of each line that is not blank to `keep`, with the number of the line from 1; spaces around cells without
 * quotation marks are taken away. The same as csv-parse does with `trim` and `skip_empty_lines`, in a quarter of the time.
 */
export function plainLines(delimiter: string, keep: (cells: readonly string[], line: number) => void): PlainLines {
  let count = 0
  let rest = ''

  /** Whether the line needs no parser. */
  function put(line: string): boolean {
    const cells = line.trim() === '' ? [] : cellsOf(line, delimiter)
    if (cells === null) return false
    count += 1
    if (cells.length > 0) keep(cells, count)
    return true
  }

  return {
    get count() {
      return count
    },
    take(text) {
      const all = rest + text
      let at = 0
      for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', at)) {
        if (!put(all.slice(at, end))) return all.slice(at)
        at = end + 1
      }
      rest = all.slice(at)
      return rest.length > longestRest ? rest : ''
    },
    end: () => (rest === '' || put(rest) ? '' : rest)
  }
}
