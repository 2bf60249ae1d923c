// `amt-migrate plan` and `check` as a person starts them: what they tell, their exit codes, and that no device is changed.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../../electron/clock.ts'
import { type Fleet, startFleet } from '../../../electron/simulator/fleet.ts'
import type { Personality } from '../../../electron/simulator/personalities.ts'
import { checkSchema, planSchema } from '../../../shared/plan.ts'
import { defaultProfile, type Profile } from '../../../shared/profile.ts'
import { closeBenches, computer, listOf, openBench, value } from '../../bench.ts'
import { here as cli } from './here.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-lists-'))
const titles = 'Name,FQDN,SMBIOS GUID,MAC,MEBx password,Remote admin password'
const wanted = ['healthy', 'tls-only', 'other-uuid', 'switched-off'] as const satisfies readonly Personality[]
const computers = wanted.map((personality, n) => computer(n, personality))
let fleet: Fleet
let fleetFile = ''
beforeAll(async () => {
  fleet = await startFleet({ computers, clock: systemClock, random: (count) => new Uint8Array(randomBytes(count)) })
  const lines = fleet.devices.map(({ name, fqdn, host, port, tls, personality }) =>
    JSON.stringify({ name, fqdn, host, port, tls, personality })
  )
  fleetFile = fileOf('fleet.jsonl', lines.join('\n'))
})
afterAll(async () => {
  await closeBenches()
  await fleet.close()
  rmSync(root, { recursive: true, force: true })
})

function fileOf(name: string, text: string): string {
  const path = join(root, name)
  writeFileSync(path, text)
  return path
}

const listFile = (name: string, ...which: readonly number[]): string =>
  fileOf(name, `${titles}\r\n${listOf(computers.filter((_, at) => which.includes(at)))}\r\n`)

const events = (out: string): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const profileFile = (name: string, profile: Partial<Profile>): string =>
  fileOf(
    name,
    JSON.stringify({
      format: 'AMT Migration Wizard profile',
      formatVersion: 1,
      name: 'Branch',
      profile: { ...defaultProfile, ...profile }
    })
  )

const branch: Partial<Profile> = {
  password: { kind: 'given' },
  wifi: { kind: 'add', list: [{ id: 'w', ssid: 'Office', security: 'wpa2' }] }
}
const refused: Partial<Profile> = { listener: 'off', kvm: 'on' }
const refusal = 'KVM needs the redirection listener'

describe('plan', () => {
  test('tells rows, profile, time and the names of the secrets; nothing is made, and 0 says that it could start', async () => {
    const data = join(root, 'planned')
    const list = listFile('planned.csv', 0, 1)
    const args = ['plan', list, '--account', 'admin', '--profile', profileFile('branch.json', branch), '--data', data]
    const told = await cli(...args, '--json')
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(events(told.out)[0]).toMatchObject({
      file: 'planned.csv',
      counts: { total: 2, ready: 2 },
      rows: [{ name: computers[0]?.name, ready: true }, { ready: true }],
      profile: expect.arrayContaining(['Wi-Fi profiles added: Office.']),
      secrets: [{ name: 'account:admin' }, { name: 'admin-password' }, { name: 'wifi:Office' }],
      missing: []
    })
    const words = await cli(...args)
    expect(words).toMatchObject({ code: 0, err: '' })
    expect(words.out).toMatch(/admin-password +New admin password for all computers/)
    expect(words.out).toContain('At most 8 in one subnet, 2 begun in a second.')
    expect(existsSync(data)).toBe(false)
  })

  test('rows to repair and refused choices: exit code 1, in the words of the window', async () => {
    const list = fileOf('bad.csv', `${titles}\nPC,pc.corp.example,nonsense,,,\n`)
    const told = await cli('plan', list, '--profile', profileFile('kvm.json', refused), '--json', '--data', root)
    expect(told.code).toBe(1)
    const { missing } = events(told.out)[0] as { missing: string[] }
    expect(missing[0]).toContain('1 computer must be repaired')
    expect(missing.some((text) => text.includes(refusal))).toBe(true)
    expect((await cli('plan', list, '--data', root)).out).toContain('line 2, SMBIOS GUID')
  })

  test('profiles by name: a ready one, a saved one with its version, and one that is not there', async () => {
    const list = listFile('named.csv', 0)
    const bench = await openBench()
    const draft = value(await bench.core.beginDraft(true))
    value(bench.core.drafting.change(draft.id, { profile: { ...defaultProfile, names: 'os' } }))
    value(bench.core.profiles.save(draft.id, null, 'Branch offices'))
    const told = await cli('plan', list, '--profile', 'branch offices', '--json', '--data', bench.folder)
    expect(events(told.out)[0]).toMatchObject({
      profile: expect.arrayContaining([
        'Profile Branch offices, version 1.',
        'Host name and domain from the operating system.'
      ])
    })
    const ready = await cli('plan', list, '--profile', 'configmgr', '--json', '--data', bench.folder)
    expect(events(ready.out)[0]).toMatchObject({ profile: expect.arrayContaining([expect.stringMatching(/^On: /)]) })
    const none = await cli('plan', list, '--profile', 'Brunch', '--json', '--data', bench.folder)
    expect(none.code).toBe(1)
    expect(events(none.out)[0]).toMatchObject({
      problem: { code: 'profile-unknown', expected: expect.stringContaining('Branch offices') }
    })
  })
})

describe('check', () => {
  const check = (list: string, data: string, ...more: readonly string[]) =>
    cli('check', list, '--practice', '--fleet', fleetFile, '--data', join(root, data), ...more)

  test('all of them would go through: 0; each is an event with what was read, and none was changed', async () => {
    const profile = profileFile('full.json', { ...branch, password: { kind: 'random' }, sol: 'on' })
    const told = await check(listFile('good.csv', 0, 1), 'good', '--json', '--profile', profile)
    expect(told).toMatchObject({ code: 0, err: '' })
    const all = events(told.out)
    expect(all.map(({ event }) => event)).toEqual(['keychain', 'checking', 'computer', 'computer', 'summary'])
    for (const each of all.filter(({ event }) => event === 'computer')) {
      checkSchema.pick({ state: true, facts: true, clockOff: true, differences: true }).parse(each)
      expect(each).toMatchObject({
        state: 'ready',
        reached: true,
        identity: 'same',
        account: 'the password of the row'
      })
      const settings = (each.differences as { setting: string }[]).map(({ setting }) => setting)
      expect(settings).toEqual(expect.arrayContaining(['Host name', 'Admin password', 'Wi-Fi profile Office']))
    }
    expect(planSchema.parse(all.at(-1)?.plan)).toMatchObject({ total: 2, checked: 2, ready: 2, running: false })
    for (const { fqdn } of computers.slice(0, 2)) expect(fleet.find(fqdn)?.state().changes).toEqual({})
    // The draft it stood on is gone, and no import was begun.
    const status = await cli('status', '--json', '--data', join(root, 'good'))
    expect(events(status.out)[0]).toMatchObject({ problem: { code: 'import-gone' } })
  })

  test('one that cannot be reached, or is another one: never 0, and the words say which', async () => {
    const told = await check(listFile('mixed.csv', 0, 2, 3), 'mixed')
    expect(told).toMatchObject({ code: 1, err: '' })
    expect(told.out).toContain('1 of 3 computers are ready')
    expect(told.out).toContain('Another computer, Another computer answers at this address: 1 computer')
    expect(told.out).toMatch(/Host name: .* → /)
    expect(told.out).toContain('Nothing was changed on any computer.')
    for (const { fqdn } of computers) expect(fleet.find(fqdn)?.state().changes).toEqual({})
  })

  test('a row to repair is told beside the others: 1', async () => {
    const rows = `${titles}\r\n${listOf(computers.slice(0, 1))}\r\nPC,pc.corp.example,nonsense,,,`
    const told = await check(fileOf('blocked.csv', rows), 'blocked', '--json')
    expect(told.code).toBe(1)
    expect(events(told.out).at(-1)).toMatchObject({
      plan: { total: 1, ready: 1 },
      missing: ['1 computer must be repaired or left out.']
    })
  })

  test('a refused profile is told before any device is asked', async () => {
    const told = await check(
      listFile('good.csv', 0, 1),
      'refused',
      '--json',
      '--profile',
      profileFile('kvm.json', refused)
    )
    expect(told.code).toBe(1)
    expect(events(told.out).map(({ event }) => event)).toEqual(['keychain', 'problem'])
    expect(told.out).toContain(refusal)
  })

  test('while a window works on the folder: 4', async () => {
    const bench = await openBench()
    const told = await cli('check', listFile('good.csv', 0), '--practice', '--json', '--data', bench.folder)
    expect(told.code).toBe(4)
    expect(events(told.out)[0]).toMatchObject({ problem: { code: 'store-busy' } })
  })

  test('an interrupted import in the folder is left as it is', async () => {
    const slow = computer(0, 'slow')
    const bench = await openBench({ computers: [slow] })
    const { id } = await bench.begin()
    const core = await bench.reopen({ resting: true })
    const left = core.store.jobs.totals(id)
    expect(left).toMatchObject({ all: 1, done: 0 })
    const draft = value(await core.beginDraft(true))
    value(await core.drafting.give(draft.id, 'list.csv', Buffer.from(listOf([{ ...slow, uuid: computer(1).uuid }]))))
    value(await core.checking.start(draft.id))
    await core.goOn()
    await new Promise((resolve) => setTimeout(resolve, 300))
    value(await core.checking.stop(draft.id))
    expect(core.store.jobs.totals(id)).toEqual(left)
  })
})

test.each([
  ['plan', ['x.csv', '--secrets-fd', '3']],
  ['check', ['x.csv', '--secrets-fd', '2']],
  ['run', ['x.csv', '--secrets-fd', 'three']],
  ['secret', ['keep']],
  ['check', []]
])('wrong use of %s %j: exit code 2', async (command, args) => {
  expect((await cli(command, ...args)).code).toBe(2)
})
