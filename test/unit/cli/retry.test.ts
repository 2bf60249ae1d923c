// `amt-migrate retry`: whom "all" means, who is left out and why, and more certificates than are believed to fit.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../../../electron/store/store.ts'
import { problem } from '../../../shared/problem.ts'
import { defaultProfile } from '../../../shared/profile.ts'
import { practiceRunning } from '../../../shared/running.ts'
import { noRoutes } from '../../../shared/strategy.ts'
import { computer, value } from '../../bench.ts'
import { here, type Told } from './here.ts'

const folder = mkdtempSync(join(tmpdir(), 'amt-retry-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const opened = () => value(openStore({ folder, actor: 'tester', now: () => Date.now() }))
const waiting = [
  ['certificate-unsigned', 'person'],
  ['certificate-unsigned', 'person'],
  ['set-aside', 'stopped'],
  ['store-believed-full', 'person']
] as const

const blank = { address: '', amtVersion: '', amtStatus: '', automaticPrevented: false }

beforeAll(() => {
  const store = opened()
  const plan = {
    ...{ id: 'an-import', practice: true, source: 'list.csv', collection: '', route: null, answers: {} },
    ...{ routes: noRoutes, checklist: {}, profile: defaultProfile, accounts: [], startedAt: 1, actor: 'tester' },
    running: { ...practiceRunning, watchMinutes: 0, awakeHours: 0 }
  }
  store.jobs.create(
    plan,
    waiting.map((_, n) => {
      const { name, fqdn, uuid: guid, mac } = computer(n)
      // Nobody answers there, which is soon found out and enough here.
      return {
        id: `job-${n}`,
        computer: { ...blank, name, fqdn: `gone-${fqdn}`, guid, mac }
      }
    })
  )
  for (const [n, [code, state]] of waiting.entries()) {
    const found = code === 'store-believed-full' ? { found: '0 of 16 places free' } : {}
    store.jobs.change(`job-${n}`, { state: 'working' })
    store.jobs.change(`job-${n}`, { state, problem: problem(code, found) })
  }
  store.jobs.setImportState('an-import', 'finished')
  store.close()
})

const events = ({ out }: Told): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('all, with the choice: who waits for a signature or was set aside is left out and told; the trial is on record', async () => {
  const ended = await here('retry', '--beyond-places', '--json', '--data', folder)
  expect(ended.code).toBe(1)
  const told = events(ended)
  expect(told.filter(({ event }) => event === 'left out')).toMatchObject([
    { cause: 'certificate-unsigned', count: 2, words: expect.stringContaining('2 computers wait for the signature') },
    { cause: 'set-aside', count: 1 }
  ])
  const store = opened()
  const jobs = store.jobs.of('an-import')
  expect(jobs.map(({ attempts }) => attempts > 0)).toEqual([false, false, false, true])
  expect(jobs[3]?.facts.beyondPlaces).toBe(true)
  const { entries } = store.audit.read({ before: null, count: 50, search: 'more places allowed' })
  expect(entries).toMatchObject([{ jobId: 'job-3', body: { room: '0 of 16 places free' } }])
  store.close()
})

test('by a cause they are meant after all; without anybody left it says so in words', async () => {
  const none = await here('retry', '--cause', 'nothing-like-it', '--data', folder)
  expect(none.out).toContain('0 computers will be tried again.')
  const named = await here('retry', '--computer', computer(2).name, '--json', '--data', folder)
  expect(events(named).filter(({ event }) => event === 'left out')).toEqual([])
  const store = opened()
  expect(store.jobs.get('job-2')?.attempts).toBeGreaterThan(0)
  store.close()
})
