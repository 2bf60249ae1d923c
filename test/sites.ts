// Several laptops on one site: cores with a folder and a keychain each, over one practice fleet.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../electron/clock.ts'
import type { Core } from '../electron/core.ts'
import { openLog } from '../electron/log.ts'
import { openCore } from '../electron/openCore.ts'
import type { Practice } from '../electron/practice.ts'
import { type AddedComputer, type Fleet, startFleet } from '../electron/simulator/fleet.ts'
import { vaultOf } from '../electron/vault.ts'
import type { Draft, DraftChange } from '../shared/draft.ts'
import type { Job } from '../shared/job.ts'
import { type BenchKeychain, benchKeychain, listOf, quickPace, value } from './bench.ts'

export interface Laptop {
  readonly folder: string
  readonly keychain: BenchKeychain
  readonly core: Core
  /** A draft with these computers in it. */
  plan(computers: readonly AddedComputer[], change?: DraftChange): Promise<Draft>
  /** Starts a draft and waits until its import is through. */
  run(draftId: string): Promise<Job[]>
  /** The jobs of the import that this plan became. */
  jobs(planId: string): Job[]
}

export interface Site {
  readonly fleet: Fleet
  laptop(name: string): Laptop
  close(): Promise<void>
}

const sites: Site[] = []

/** For `afterEach`. */
export async function closeSites(): Promise<void> {
  await Promise.all(sites.splice(0).map((site) => site.close()))
}

/** A passphrase that is not weak. */
export const passphrase = 'copper lantern drifts north 7'

export async function openSite(computers: readonly AddedComputer[]): Promise<Site> {
  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const fleet = await startFleet({ computers, clock: systemClock, random })
  const laptops: Laptop[] = []
  const practice: Practice = {
    computers: computers.length,
    accounts: [],
    locate({ fqdn }) {
      const device = fleet.find(fqdn)
      if (!device) throw new Error(`no device ${fqdn}`)
      const { host, port, tls } = device
      return { ok: true, value: { host, ports: tls ? { tls: port } : { plain: port } } }
    },
    expected: () => undefined,
    pairs: '',
    sayHello: async () => undefined,
    // Several laptops share it.
    reset: () => false,
    close: async () => undefined
  }
  const site: Site = {
    fleet,
    laptop(name) {
      const folder = mkdtempSync(join(tmpdir(), 'amt-site-'))
      const keychain = benchKeychain()
      const log = openLog(join(folder, 'logs'), Date.now)
      const vault = vaultOf(keychain, { kind: 'keychain', words: 'On the bench.', onSecret: log.secret })
      const core = value(
        openCore({
          ...{ folder, log, practice, version: 'bench', runtime: 'bench', hostName: name, packCost: 14 },
          vaults: { real: vault, practice: vault },
          paces: { real: quickPace, practice: quickPace }
        })
      )
      const jobs = (planId: string): Job[] => {
        const kept = core.store.jobs.imports().find(({ draftId }) => draftId === planId)
        return kept ? core.store.jobs.of(kept.id) : []
      }
      const laptop: Laptop = {
        folder,
        keychain,
        core,
        jobs,
        async plan(list, change = {}) {
          const draft = value(await core.beginDraft(true))
          value(await core.drafting.give(draft.id, 'site.csv', Buffer.from(listOf(list))))
          return value(core.drafting.change(draft.id, { running: { ...draft.running, watchMinutes: 0 }, ...change }))
        },
        async run(draftId) {
          const ready = value(await core.drafting.ready(draftId))
          const { id } = value(await core.imports.start(ready.draft, ready.computers, ready.source))
          await core.drafting.started(draftId)
          await new Promise<void>((resolve) => {
            const look = (): void => {
              if (core.imports.view(id).state !== 'running') resolve()
            }
            core.onImport(look)
            look()
          })
          return core.store.jobs.of(id)
        }
      }
      laptops.push(laptop)
      return laptop
    },
    async close() {
      for (const { core, folder } of laptops) {
        await core.close()
        rmSync(folder, { recursive: true, force: true })
      }
      await fleet.close()
    }
  }
  sites.push(site)
  return site
}

/** The device takes its first password again, as one does whose board was exchanged and set up anew by the old manager. */
export function exchangeBoard({ fleet }: Site, { fqdn, password }: AddedComputer): void {
  const device = fleet.find(fqdn)
  if (!device) throw new Error(`no device ${fqdn}`)
  const { accounts, digestRealm } = device.state()
  const [admin] = accounts
  const ha1 = createHash('md5').update(`${admin?.name}:${digestRealm}:${password}`).digest('hex')
  if (admin) Object.assign(admin, { ha1 })
}

/** Leaves the rows of a draft out, from a place to another. */
export async function leaveOut(core: Core, draftId: string, from: number, to: number): Promise<void> {
  const view = { filter: 'all', search: '', sort: null } as const
  value(await core.drafting.edit({ draftId, edit: { kind: 'leaveOut', view, from, to, leftOut: true } }))
}
