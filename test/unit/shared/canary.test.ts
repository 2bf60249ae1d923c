// One first, then five, then the rest; and which failures stop an import.
import { describe, expect, test } from 'vitest'
import { roomFor, sharedCause, singleCauses, stageOf } from '../../../shared/canary.ts'
import { decided, practiceRunning, realRunning, runningSchema, runningSentences } from '../../../shared/running.ts'

describe('stages', () => {
  test.each([
    [{ done: 0, ended: 0, open: 0 }, 'first', 1],
    [{ done: 0, ended: 0, open: 1 }, 'first', 0],
    // The first one failed: the next has its place.
    [{ done: 0, ended: 2, open: 0 }, 'first', 1],
    [{ done: 1, ended: 1, open: 0 }, 'few', 5],
    [{ done: 1, ended: 3, open: 3 }, 'few', 0],
    [{ done: 1, ended: 6, open: 0 }, 'rest', Number.POSITIVE_INFINITY]
  ] as const)('%j', (standing, stage, room) => {
    expect(stageOf(standing)).toBe(stage)
    expect(roomFor(standing)).toBe(room)
  })

  test('are on for real imports of ten and more, unless somebody decided', () => {
    expect(decided(realRunning, false, 10).canary).toBe(true)
    expect(decided(realRunning, false, 9).canary).toBe(false)
    expect(decided(practiceRunning, true, 500).canary).toBe(false)
    expect(decided({ ...realRunning, canary: false }, false, 500).canary).toBe(false)
    expect(decided({ ...practiceRunning, canary: true }, true, 2).canary).toBe(true)
  })
})

describe('a shared cause', () => {
  const causes = [{ code: 'no-account-fits', count: 3 }] as const
  test('stops from three on that are half of those that ended', () => {
    expect(sharedCause(causes, 6)?.code).toBe('no-account-fits')
    expect(sharedCause(causes, 7)).toBeUndefined()
    expect(sharedCause([{ code: 'no-account-fits', count: 2 }], 2)).toBeUndefined()
  })
  test('not when a person went on in spite of it, and not when it is of one computer by its nature', () => {
    expect(sharedCause(causes, 3, ['no-account-fits'])).toBeUndefined()
    for (const code of Object.keys(singleCauses) as (keyof typeof singleCauses)[]) {
      expect(sharedCause([{ code, count: 9 }], 9), code).toBeUndefined()
    }
  })
})

test('what is chosen is a value of its schema, and told in sentences', () => {
  for (const running of [realRunning, practiceRunning]) {
    expect(runningSchema.parse(running)).toEqual(running)
    for (const sentence of runningSentences(running)) expect(sentence).toMatch(/\.$/)
  }
  expect(runningSentences({ ...realRunning, parallel: 1 })[0]).toBe(
    'At most one at once, 8 in one subnet, 2 begun in a second.'
  )
  expect(runningSentences(practiceRunning)).toContain('Computers that do not answer are looked for 3 min.')
  expect(runningSentences(realRunning)).toContain('Computers that do not answer are looked for 72 h.')
  expect(runningSentences({ ...realRunning, canary: false })).toContain(
    'All of them from the start, without trying one first.'
  )
})
