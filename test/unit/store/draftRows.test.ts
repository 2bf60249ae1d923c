// Rows written in slices count for nothing before their generation is used, and a slice is written whole or not at all.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../electron/store/database.ts'
import { draftRowsOf } from '../../../electron/store/draftRows.ts'
import { emptyRow } from '../../../electron/store/keptRow.ts'

test('a slice that could not be written leaves nothing of itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'amt-rows-'))
  const opened = openDatabase(folder)
  if (!opened.ok) throw new Error(opened.problem.code)
  const { db, close } = opened.value
  onTestFinished(() => {
    close()
    rmSync(folder, { recursive: true, force: true })
  })
  const rows = draftRowsOf(db)
  const generation = rows.newGeneration('d')
  rows.addRows(generation, [{ ...emptyRow, row: 0 }])
  expect(() =>
    rows.addRows(generation, [
      { ...emptyRow, row: 1 },
      { ...emptyRow, row: Number.NaN }
    ])
  ).toThrow()
  rows.useGeneration('d', generation, true)
  expect(rows.readRows('d')()).toEqual([{ ...emptyRow, row: 0 }])
})
