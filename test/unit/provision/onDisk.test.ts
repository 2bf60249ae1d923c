// Nothing changes a device before what was written about it is on the disk; questions do not wait.
import { expect, test } from 'vitest'
import { behindDisk } from '../../../electron/provision/onDisk.ts'
import type { Device } from '../../../electron/wsman/client.ts'
import { closeBenches, computer, endsOf, openBench } from '../../bench.ts'

const target = { resource: 'r' }
const sent: string[] = []
const say =
  (word: string) =>
  async (_: unknown, method?: unknown): Promise<never> => {
    sent.push(typeof method === 'string' ? method : word)
    return undefined as never
  }
const device = { get: say('get'), enumerate: say('enumerate'), put: say('put') } as unknown as Device
Object.assign(device, { create: say('create'), delete: say('delete'), invoke: say('invoke') })

test('what changes the device waits, what only asks does not', async () => {
  let settle: () => void = () => undefined
  const onDisk = new Promise<void>((resolve) => {
    settle = resolve
  })
  const behind = behindDisk(device, () => onDisk)
  const calls = [
    behind.put(target, []),
    behind.create(target, []),
    behind.delete(target),
    behind.invoke(target, 'SetAdminAclEntryEx', []),
    behind.invoke(target, 'GetAdminAclEntry', []),
    behind.invoke(target, 'EnumerateUserAclEntries', []),
    behind.get(target),
    behind.enumerate(target)
  ]
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(sent).toEqual(['GetAdminAclEntry', 'EnumerateUserAclEntries', 'get', 'enumerate'])
  settle()
  await Promise.all(calls)
  expect(sent.slice(4)).toEqual(['put', 'create', 'delete', 'SetAdminAclEntryEx'])
})

test('a take-over on a disk that does not answer tries no password and writes nothing, and goes on when it does', async () => {
  const pc = computer(0)
  const bench = await openBench({ computers: [pc] })
  try {
    const { store } = bench.core
    let settle: () => void = () => undefined
    const onDisk = new Promise<void>((resolve) => {
      settle = resolve
    })
    Object.assign(store, { settled: () => onDisk })
    const { id } = await bench.begin()
    await bench.until(id, ({ step }) => step === 'login')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(store.secrets.failedTries(pc.uuid, 0)).toHaveLength(1)
    expect(store.jobs.of(id).map(({ state, step }) => [state, step])).toEqual([['working', 'login']])
    settle()
    expect(endsOf(await bench.finished(id))).toEqual(['done'])
  } finally {
    await closeBenches()
  }
})
