// Kills the wizard at milestones of a set-up from nothing and starts it again: no computer is left half set up, no password is lost.
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import type { Core } from '../../electron/core.ts'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import type { Practice } from '../../electron/practice.ts'
import { setupPki } from '../../electron/simulator/certificate.ts'
import { type Fleet, startFleet } from '../../electron/simulator/fleet.ts'
import { rootOf } from '../../electron/simulator/pki.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { vaultOf } from '../../electron/vault.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { benchKeychain, heldSecrets, opens, quickPace, value } from '../bench.ts'

const root = mkdtempSync(join(tmpdir(), 'amt-set-up-crash-'))
const random = (count: number) => new Uint8Array(randomBytes(count))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** `npm run test:crash` kills at every milestone, `npm test` at a sample. */
const step = process.env.AMT_CRASH === 'all' ? 1 : 5

/** What a process that is gone does: nothing more, for ever. */
const gone = <T>(): Promise<T> => new Promise(() => undefined)

const profile: Profile = { ...defaultProfile, tls: { kind: 'on', mutual: false, plain: false, by: 'own' } }

/** One life: every call that changes the device counts twice, before it is sent and after; from number `killAt` on all is dead. */
function life(killAt: number) {
  let passed = 0
  const dead = (): boolean => killAt > 0 && passed >= killAt
  const marked = (device: Device): Device => {
    const around = async <T>(work: () => Promise<T>): Promise<T> => {
      passed += 1
      if (dead()) return gone()
      const answer = await work()
      passed += 1
      return dead() ? gone() : answer
    }
    return {
      ...device,
      put: (target, content) => around(() => device.put(target, content)),
      create: (target, content) => around(() => device.create(target, content)),
      invoke: (target, method, content) =>
        /^(?:Get|Enumerate)/.test(method)
          ? device.invoke(target, method, content)
          : around(() => device.invoke(target, method, content))
    }
  }
  return { marked, dead, passed: () => passed }
}

test('killed around each change of a set-up, the next start ends it', { timeout: 120_000 }, async () => {
  const pki = await setupPki('corp.practice.example', Date.now, random)
  const roots = [rootOf(Buffer.from(pki.root)) ?? '']
  const setup = { by: 'remote', roots, dnsSuffix: 'corp.practice.example' } as const
  let all = 0
  let killed = 0
  for (let killAt = 1; all === 0; killAt += step) {
    const one = { ...practiceComputer(2000 + killAt, 'healthy'), amtVersion: '15.0.23.1706', setup }
    const fleet: Fleet = await startFleet({ computers: [one], clock: systemClock, random })
    const [device] = fleet.devices
    if (!device) throw new Error('no device')
    const folder = join(root, String(killAt))
    mkdirSync(folder)
    const keychain = benchKeychain()
    const vault = vaultOf(keychain, { kind: 'keychain', words: '' })
    const practice: Practice = {
      computers: 1,
      accounts: [],
      provisioning: pki,
      pairs: '',
      locate: () => ({
        ok: true,
        value: { host: device.host, ports: { [device.tls ? 'tls' : 'plain']: device.port } }
      }),
      expected: () => undefined,
      reset: () => false,
      sayHello: async () => undefined,
      close: async () => undefined
    }
    const open = (openIt: typeof openDevice): Core =>
      value(
        openCore({
          folder,
          vaults: { real: vault, practice: vault },
          log: openLog(undefined, Date.now),
          version: 'test',
          runtime: 'test',
          practice,
          paces: { real: quickPace, practice: quickPace },
          openDevice: openIt
        })
      )
    const first = life(killAt)
    const core = open((options) => first.marked(openDevice(options)))
    const draft = value(await core.beginDraft(true))
    const list = `Name,FQDN,SMBIOS GUID,AMT status\n${one.name},${one.fqdn},${one.uuid},Not Provisioned\n`
    value(await core.drafting.give(draft.id, 'one.csv', Buffer.from(list)))
    value(core.drafting.change(draft.id, { profile, running: { ...draft.running, watchMinutes: 0 } }))
    const ready = value(await core.drafting.ready(draft.id))
    const { id } = value(await core.imports.start(ready.draft, ready.computers, ready.source))
    core.outOfBand.called({ uuid: one.uuid, address: '127.0.0.1', roots, configured: false })
    await settled(core, id, first.dead)
    const wasKilled = first.dead()
    // Its handles are let go as the system does it; what it was waiting for never comes.
    await Promise.race([core.close(), new Promise((resolve) => setTimeout(resolve, wasKilled ? 50 : 5_000))])
    if (wasKilled) {
      killed += 1
      core.store.close()
      const next = open(openDevice)
      await next.goOn()
      next.outOfBand.called({ uuid: one.uuid, address: '127.0.0.1', roots, configured: false })
      await settled(next, id, () => false)
      judge(next, id, `killed at ${killAt}`)
      await next.close()
    } else {
      all = first.passed()
    }
    expect(device.state(), `killed at ${killAt}`).toMatchObject({ provisioningState: 2, uncommitted: false })
    expect(heldSecrets(keychain).some((secret) => opens(device, secret))).toBe(true)
    await fleet.close()
  }
  console.log(`killed at ${killed} of ${all} milestones`)
  expect(killed).toBe(Math.ceil(all / step))
  expect(all).toBeGreaterThan(12)
})

function judge(core: Core, id: string, words: string): void {
  expect(
    core.store.jobs.of(id).map(({ state, problem }) => [state, problem?.code]),
    words
  ).toEqual([['done', undefined]])
  expect(core.store.audit.verify()).toMatchObject({ holds: true })
}

/** Until the import is through, or the process is dead. */
async function settled(core: Core, id: string, dead: () => boolean): Promise<void> {
  const end = Date.now() + 15_000
  while (Date.now() < end && !dead()) {
    if (core.store.jobs.import(id)?.state === 'finished') return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
