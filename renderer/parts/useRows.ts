// Rows of the draft as the grid sees them: read from the core in pages of 200 as they come into view, and cached.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AskInput, Row } from '../../shared/contract.ts'
import { asked } from '../bridge.ts'

export const pageSize = 200
export type RowFilter = AskInput<'rows.read'>['filter']

export interface Rows {
  /** Rows that pass filter and search. */
  readonly total: number
  readonly at: (index: number) => Row | undefined
  /** Reads what is missing of the rows from `first` to `last`. */
  readonly need: (first: number, last: number) => void
  /** Puts an answered row in the place of the one it replaces. */
  readonly replace: (row: Row) => void
}

export function useRows(draftId: string, filter: RowFilter, search: string): Rows {
  const cache = useRef(new Map<number, readonly Row[]>())
  const asking = useRef(new Set<number>())
  /** Counts the questions put; answers to an older filter or search are dropped. */
  const question = useRef(0)
  /** Set when an edit may have moved rows out of the filter: pages read later would not fit to those read before. */
  const stale = useRef(false)
  const [total, setTotal] = useState(0)
  const [, redraw] = useState(0)

  const read = useCallback(
    async (page: number) => {
      if (asking.current.has(page)) return
      asking.current.add(page)
      const asker = question.current
      const answer = await asked('rows.read', { draftId, from: page * pageSize, count: pageSize, filter, search })
      if (asker !== question.current) return
      asking.current.delete(page)
      if (answer === undefined) return
      cache.current.set(page, answer.rows)
      setTotal(answer.total)
      redraw((n) => n + 1)
    },
    [draftId, filter, search]
  )

  useEffect(() => {
    question.current += 1
    cache.current.clear()
    asking.current.clear()
    stale.current = false
    void read(0)
  }, [read])

  const need = useCallback(
    (first: number, last: number) => {
      const from = Math.floor(Math.max(0, first) / pageSize)
      const to = Math.floor(Math.max(0, last) / pageSize)
      const missing = Array.from({ length: to - from + 1 }, (_, n) => from + n).filter(
        (page) => !cache.current.has(page)
      )
      if (missing.length === 0) return
      if (stale.current) {
        cache.current.clear()
        stale.current = false
      }
      for (const page of missing) void read(page)
    },
    [read]
  )

  const replace = useCallback(
    (row: Row) => {
      for (const [page, rows] of cache.current) {
        if (rows.some((one) => one.row === row.row)) {
          cache.current.set(
            page,
            rows.map((one) => (one.row === row.row ? row : one))
          )
        }
      }
      redraw((n) => n + 1)
      stale.current = filter !== 'all' || search !== ''
      if (stale.current) return
      // A repair can change other rows too (a GUID used twice): what is near is read again, what is far is forgotten.
      const here = Math.floor(row.row / pageSize)
      for (const page of [...cache.current.keys()]) {
        if (Math.abs(page - here) <= 1) void read(page)
        else cache.current.delete(page)
      }
    },
    [filter, search, read]
  )

  const at = (index: number): Row | undefined => cache.current.get(Math.floor(index / pageSize))?.[index % pageSize]
  return { total, at, need, replace }
}

/** The first row after `row` that must be repaired, from the top again when there is none; undefined when none is left. */
export async function nextBlocked(draftId: string, row: number): Promise<number | undefined> {
  const read = (from: number) => asked('rows.read', { draftId, from, count: 1, filter: 'blocker', search: '' })
  const start = await read(0)
  const first = start?.rows[0]?.row
  // Rows come in order, so halving finds the place in a few asks even among 100,000.
  let low = 0
  let high = start?.total ?? 0
  let found = first
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const at = (await read(middle))?.rows[0]?.row
    if (at === undefined) return first
    if (at > row) {
      found = at
      high = middle
    } else low = middle + 1
  }
  return found
}
