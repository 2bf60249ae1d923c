// Jobs in numbers: totals, what is still open, and how long it will take.
import { describe, expect, test } from 'vitest'
import { type Job, jobStates, moves, openJobs, timeLeft, totalsOf, totalsSchema } from '../../../shared/job.ts'
import { steps, stepTitles } from '../../../shared/steps.ts'

const job = (state: Job['state']): Job => ({
  id: '',
  importId: '',
  ordinal: 1,
  computer: {
    name: '',
    fqdn: '',
    guid: '',
    mac: '',
    address: '',
    amtVersion: '',
    amtStatus: '',
    automaticPrevented: false
  },
  state,
  step: null,
  attempts: 0,
  problem: null,
  dueAt: null,
  startedAt: null,
  endedAt: null,
  facts: {}
})

test('totals count each state once', () => {
  const totals = totalsOf([...jobStates, 'done' as const].map((state) => job(state)))
  expect(totals).toEqual({ waiting: 1, working: 1, later: 1, done: 2, person: 1, stopped: 1, all: 7 })
  expect(totalsSchema.parse(totals)).toEqual(totals)
  expect(openJobs(totals)).toBe(3)
  expect(totalsOf([]).all).toBe(0)
})

describe('time left', () => {
  const through = [100, 900, 200]

  test('is not known before three have ended', () => {
    expect(timeLeft(through.slice(1), 1, 1)).toBeUndefined()
    expect(timeLeft([], 0, 1)).toBeUndefined()
  })

  test('is the median for each round of jobs side by side', () => {
    expect(timeLeft(through, 5, 1)).toBe(1_000)
    expect(timeLeft(through, 5, 4)).toBe(400)
    expect(timeLeft(through, 5, 0)).toBe(1_000)
    expect(timeLeft(through, 0, 4)).toBe(0)
  })
})

test('what is done can only be found taken back, and every state can be left', () => {
  for (const state of jobStates) expect(moves[state].length > 0).toBe(true)
  expect(moves.done).toEqual(['person'])
  for (const state of jobStates) expect(moves[state]).not.toContain(state)
})

test('every step has its words', () => {
  expect(Object.keys(stepTitles)).toEqual([...steps])
})
