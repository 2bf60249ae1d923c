// Planned and started without any network: jobs wait, armed, and go when the devices can be reached.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Core } from '../../electron/core.ts'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { startFleet } from '../../electron/simulator/fleet.ts'
import { vaultOf } from '../../electron/vault.ts'
import { asleepWords, heldWords } from '../../shared/waiting.ts'
import { benchKeychain, computer, endsOf, movableClock, opens, quickPace, value } from '../bench.ts'

const computers = [0, 1].map((n) => computer(n, 'tls-only'))

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** The first of ports that are free now, below those that the system gives away; the fleet takes them when it is switched on. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    const free = await Promise.all(Array.from({ length: count }, (_, at) => isFree(first + at)))
    if (!free.includes(false)) return first
  }
}

test('a plan made with the network off is run when the network and the devices are there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'amt-offline-'))
  const clock = movableClock()
  const vault = vaultOf(benchKeychain(), { kind: 'keychain', words: '' })
  let networks = ''
  const open = (): Core =>
    value(
      openCore({
        ...{ folder, clock, log: openLog(undefined, Date.now), version: '', runtime: '' },
        vaults: { real: vault, practice: vault },
        paces: { real: quickPace, practice: quickPace },
        networks: () => networks
      })
    )
  let core = open()
  const port = await freePorts(4)
  // A name has to be looked up, which needs a network; an address on this computer would not.
  const rows = computers.map(({ name, fqdn, uuid, password }, at) =>
    [name, fqdn, uuid, `localhost:${port + at}`, Buffer.from(password).toString('base64')].join(',')
  )
  const list = ['Name,FQDN,SMBIOS GUID,Address,Remote Admin Password', ...rows].join('\n')
  const draft = value(await core.beginDraft(false))
  value(await core.drafting.give(draft.id, 'site.csv', Buffer.from(list)))
  value(core.drafting.change(draft.id, { running: { ...draft.running, watchMinutes: 0, perSecond: null } }))
  const ready = value(await core.drafting.ready(draft.id))
  const { id } = value(await core.imports.start(ready.draft, ready.computers, ready.source))
  await core.drafting.started(draft.id)

  const waits = (): void => {
    const view = core.imports.view(id)
    expect(view).toMatchObject({ state: 'running', totals: { waiting: 2 }, flow: { network: 'none' } })
    expect(heldWords(view)).toBe('2 computers wait for this laptop to be on a network. Work begins by itself then.')
    expect(asleepWords(view)).toBeNull()
  }
  waits()
  // The laptop is shut down in between, and started where there is still no network.
  await core.close()
  core = open()
  await core.goOn()
  waits()
  expect(core.store.jobs.of(id).map(({ attempts }) => attempts)).toEqual([0, 0])

  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const fleet = await startFleet({ computers, clock, random, firstPort: port })
  networks = 'eth0 10.20.0.7/24'
  core.disturbed('moved')
  expect(core.imports.view(id).flow).toMatchObject({ network: null, held: expect.stringContaining('changed networks') })
  clock.ahead += 11_000
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (core.imports.view(id).state === 'finished') resolve()
    }
    core.onImport(look)
    // Whatever wakes the queue: here mains and battery.
    core.holdBack('battery')
    core.holdBack(null)
  })
  expect(endsOf(core.store.jobs.of(id))).toEqual(['done', 'done'])
  for (const { fqdn, password } of computers) {
    const device = fleet.find(fqdn)
    expect(device && opens(device, password)).toBe(false)
  }
  await core.close()
  await fleet.close()
  rmSync(folder, { recursive: true, force: true })
}, 30_000)
