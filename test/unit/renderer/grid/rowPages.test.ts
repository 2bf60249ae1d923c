import { expect, test } from 'vitest'
import { pageSize, rowPages } from '../../../../renderer/parts/grid/rowPages.ts'
import type { Answer } from '../../../../shared/contract.ts'
import { problem } from '../../../../shared/problem.ts'
import { gridRow } from './gridRow.ts'

const view = { filter: 'all', search: '', sort: null } as const

/** A core with so many rows that answers when it is told to. */
function core(count: number) {
  const asked: number[] = []
  const held: (() => void)[] = []
  const state = { count, name: 'PC', fails: false }
  const read = (from: number, size: number): Promise<Answer<'rows.read'>> => {
    asked.push(from / pageSize)
    return new Promise((resolve) => {
      held.push(() => {
        const length = Math.max(0, Math.min(size, state.count - from))
        const rows = Array.from({ length }, (_, at) => gridRow({ name: `${state.name}${from + at}` }, from + at))
        resolve(
          state.fails
            ? { ok: false, problem: problem('draft-gone') }
            : { ok: true, value: { total: state.count, rows } }
        )
      })
    })
  }
  const answer = async (): Promise<void> => {
    while (held.length > 0) {
      for (const one of held.splice(0)) one()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { asked, read, answer, state }
}

const open = (count: number) => {
  const bench = core(count)
  let drawn = 0
  const failed: unknown[] = []
  const pages = rowPages(
    view,
    bench.read,
    () => {
      drawn += 1
    },
    (answer) => failed.push(answer)
  )
  return { ...bench, pages, failed, drawn: () => drawn }
}

test('the first page is read at once, what is in view and what comes next when it is needed', async () => {
  const { pages, asked, answer } = open(1_000)
  expect(pages.known).toBe(false)
  await answer()
  expect([pages.known, pages.total, pages.at(7)?.values.name, pages.at(250)]).toEqual([true, 1_000, 'PC7', undefined])
  pages.need(250, 280, 1)
  await answer()
  expect(asked).toEqual([0, 2, 3])
  pages.need(950, 999, 1)
  await answer()
  expect(asked).toEqual([0, 2, 3, 9])
})

test('scrolling far asks only for where it came to rest', async () => {
  const { pages, asked, answer } = open(100_000)
  await answer()
  for (let first = 0; first < 50_000; first += 500) pages.need(first, first + 30, 1)
  await answer()
  expect(asked.length).toBeLessThan(8)
  expect(pages.at(49_510)?.row).toBe(49_510)
})

test('after a change rows are shown as they were until they are read again; those that are the same stay the same objects', async () => {
  const { pages, asked, answer, state } = open(150)
  await answer()
  pages.need(0, 120, 1)
  await answer()
  const before = pages.at(3)
  const done = pages.refresh()
  expect(pages.at(3)).toBe(before)
  await answer()
  await done
  expect(pages.at(3)).toBe(before)
  state.name = 'NEW'
  void pages.refresh()
  await answer()
  expect(pages.at(3)?.values.name).toBe('NEW3')
  expect(asked.filter((page) => page === 0)).toHaveLength(3)
})

test('an answer from before a change does not overwrite the newer one', async () => {
  const { pages, answer, state } = open(10)
  await answer()
  void pages.refresh()
  state.name = 'NEW'
  void pages.refresh()
  await answer()
  expect(pages.at(0)?.values.name).toBe('NEW0')
})

test('one row is fetched from the cache or from the core', async () => {
  const { pages, answer, asked } = open(1_000)
  await answer()
  expect((await pages.fetch(5))?.row).toBe(5)
  const far = pages.fetch(700)
  await answer()
  expect((await far)?.row).toBe(700)
  expect(asked).toEqual([0, 7])
})

test('a Problem is told once, and nothing waits for ever', async () => {
  const { pages, answer, failed, state } = open(10)
  state.fails = true
  await answer()
  expect(failed).toHaveLength(1)
  const done = pages.refresh()
  await answer()
  await done
})

test('what was read is forgotten when far more was read since', async () => {
  const { pages, answer } = open(100_000)
  await answer()
  for (let page = 1; page < 80; page++) {
    pages.need(page * pageSize, page * pageSize + 30, 1)
    await answer()
  }
  expect(pages.at(0)).toBeUndefined()
  expect(pages.at(79 * pageSize)?.row).toBe(79 * pageSize)
})
