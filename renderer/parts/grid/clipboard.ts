// Reads what spreadsheets put on the clipboard: lines of tab-separated cells, quoted where a cell holds a break or a tab.

/** What the core takes at once: cells a row, characters a cell, rows. */
const most = { cells: 20, text: 1000, rows: 100_000 } as const

/**
 * Lines of cells. A cell is quoted only when its first character is a quotation mark and the mark is closed; two marks within
 * stand for one. A quotation mark elsewhere is an ordinary character, as in Excel. One line break at the very end ends the
 * last line and begins none.
 */
export function parseCells(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  const end = text.replace(/\r\n?$|\n$/, '').length
  while (at <= end) {
    const quoted = quotedAt(text, at, end)
    const stop = quoted?.next ?? plainEnd(text, at, end)
    row.push((quoted?.cell ?? text.slice(at, stop)).slice(0, most.text))
    at = stop + 1
    if (stop < end && text[stop] === '\t') continue
    if (text[stop] === '\r' && text[stop + 1] === '\n') at += 1
    rows.push(row.slice(0, most.cells))
    row = []
    if (rows.length === most.rows) break
  }
  return rows
}

const isBreak = (char: string | undefined): boolean => char === '\t' || char === '\n' || char === '\r'

function plainEnd(text: string, from: number, end: number): number {
  let at = from
  while (at < end && !isBreak(text[at])) at += 1
  return at
}

/** The quoted cell that begins here, and where it ends; undefined when none does. */
function quotedAt(text: string, from: number, end: number): { cell: string; next: number } | undefined {
  if (text[from] !== '"') return undefined
  for (let at = text.indexOf('"', from + 1); at !== -1 && at < end; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') at += 1
    else if (at + 1 === end || isBreak(text[at + 1])) {
      return { cell: text.slice(from + 1, at).replaceAll('""', '"'), next: at + 1 }
    } else return undefined
  }
  return undefined
}

/** Where pasted cells land. */
export interface Landing {
  /** Columns that are taken, counted from the first one of the block. */
  readonly columns: number
  readonly rows: number
}

/** How often a clipboard of this size is laid into a block of that size: as often as it fits exactly, else once. */
const laid = (block: number, cells: number): number => (block > cells && block % cells === 0 ? block : cells)

/** One copied cell or row fills a larger selection, as it does in spreadsheets; anything else is laid down once. */
export const landing = (cells: Landing, block: Landing): Landing => ({
  columns: laid(block.columns, cells.columns),
  rows: laid(block.rows, cells.rows)
})
