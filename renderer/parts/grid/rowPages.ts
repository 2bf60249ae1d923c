// Rows of the draft as the grid sees them: read from the core in pages as they come into view, ahead of the scrolling, and cached.
import type { Answer } from '../../../shared/contract.ts'
import type { Row, View } from '../../../shared/grid.ts'

export const pageSize = 100
/** Pages kept beside those in view; a page is some hundred kilobytes. */
const keptPages = 40
/** More at once would only delay the page that is in view by now. */
const mostAsks = 2

export interface RowPages {
  readonly view: View
  /** Rows of the view, as far as it is known. */
  readonly total: number
  /** Whether the core has answered yet. */
  readonly known: boolean
  at(index: number): Row | undefined
  /** Wants the rows from `first` to `last`, and those that follow in the direction of scrolling. */
  need(first: number, last: number, direction: 1 | -1): void
  /** One row, from the cache or from the core. */
  fetch(index: number): Promise<Row | undefined>
  /** Shows a row otherwise until it is read again. */
  put(row: Row): void
  /** Everything may have changed: what is in view is read again, and shown as it was until then. */
  refresh(): Promise<void>
  close(): void
}

type Read = (from: number, count: number) => Promise<Answer<'rows.read'>>

const same = (a: Row | undefined, b: Row): boolean => a !== undefined && JSON.stringify(a) === JSON.stringify(b)

/** A cache of one view. `changed` is called when something to be drawn has arrived; `failed` hears of a Problem. */
export function rowPages(
  view: View,
  read: Read,
  changed: () => void,
  failed: (answer: Answer<'rows.read'>) => void
): RowPages {
  const pages = new Map<number, readonly Row[]>()
  /** Pages whose rows are as the core has them. */
  const fresh = new Set<number>()
  const asking = new Set<number>()
  let wanted: readonly number[] = [0]
  let version = 0
  let closed = false
  let total = 0
  let known = false
  let waiting: (() => void)[] = []

  /** A row that did not change stays the same object, so that it is not drawn again. */
  function keep(page: number, rows: readonly Row[]): void {
    const before = pages.get(page)
    pages.delete(page)
    pages.set(
      page,
      rows.map((row, at) => {
        const old = before?.[at]
        return old !== undefined && same(old, row) ? old : row
      })
    )
    for (const old of pages.keys()) {
      if (pages.size <= keptPages) break
      if (wanted.includes(old)) continue
      pages.delete(old)
      fresh.delete(old)
    }
  }

  async function ask(page: number): Promise<void> {
    asking.add(page)
    const asked = version
    const answer = await read(page * pageSize, pageSize)
    if (closed) return
    asking.delete(page)
    if (!answer.ok) {
      failed(answer)
      fresh.add(page)
    } else if (asked === version) {
      keep(page, answer.value.rows)
      fresh.add(page)
      total = answer.value.total
      known = true
      changed()
    }
    pump()
  }

  function pump(): void {
    const last = Math.max(0, Math.ceil(total / pageSize) - 1)
    const missing = wanted.filter((page) => page >= 0 && (!known || page <= last) && !fresh.has(page))
    for (const page of missing) {
      if (asking.size >= mostAsks) return
      if (!asking.has(page)) void ask(page)
    }
    if (missing.length > 0) return
    for (const done of waiting) done()
    waiting = []
  }

  const at = (index: number): Row | undefined => pages.get(Math.floor(index / pageSize))?.[index % pageSize]

  pump()
  return {
    view,
    get total() {
      return total
    },
    get known() {
      return known
    },
    at,
    need(first, last, direction) {
      const from = Math.floor(Math.max(0, first) / pageSize)
      const to = Math.floor(Math.max(0, last) / pageSize)
      const seen = Array.from({ length: to - from + 1 }, (_, n) => from + n)
      wanted = [...seen, direction === 1 ? to + 1 : from - 1]
      pump()
    },
    async fetch(index) {
      const cached = fresh.has(Math.floor(index / pageSize)) ? at(index) : undefined
      if (cached !== undefined) return cached
      const answer = await read(index, 1)
      if (!answer.ok) failed(answer)
      return answer.ok ? answer.value.rows[0] : undefined
    },
    put(row) {
      for (const [page, rows] of pages) {
        if (!rows.some((one) => one.row === row.row)) continue
        pages.set(
          page,
          rows.map((one) => (one.row === row.row ? row : one))
        )
      }
      changed()
    },
    refresh() {
      version += 1
      fresh.clear()
      asking.clear()
      const done = new Promise<void>((resolve) => waiting.push(resolve))
      pump()
      return done
    },
    close() {
      closed = true
      for (const done of waiting) done()
      waiting = []
    }
  }
}
