// Computers of an import for another manager: gathered, written, put on record; and what came back from there.
import type { AskOutput } from '../shared/contract.ts'
import { type ExportChoice, type ExportResult, type ExportTarget, targetWords } from '../shared/exporting.ts'
import { guidKey } from '../shared/guid.ts'
import type { Job } from '../shared/job.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import type { ExportComputer } from './exports/computer.ts'
import { consoleDevices } from './exports/dmt.ts'
import { meshCommanderList } from './exports/meshCommander.ts'
import { automaticScript, importScript } from './exports/powershell.ts'
import { readResultFile } from './exports/resultFile.ts'
import { sixColumns } from './exports/sixColumns.ts'
import type { KeptImport } from './store/importPlan.ts'
import type { Store } from './store/store.ts'
import type { Vaults } from './vault.ts'

export interface ExportFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly computers: number
}

export interface Exporting {
  /** The file, and what to call it. Nothing is on record until `saved`. */
  file(importId: string, choice: ExportChoice): Promise<Result<ExportFile>>
  /** Puts on record that such a file left the wizard. */
  saved(importId: string, choice: ExportChoice, computers: number): void
  takeResult(importId: string, bytes: Uint8Array): Result<AskOutput<'export.results'>>
  results(importId: string): Result<AskOutput<'export.results'>>
}

type Writer = (computers: readonly ExportComputer[], choice: ExportChoice) => Result<Uint8Array>

const utf8 = (text: string): Result<Uint8Array> => ok(new TextEncoder().encode(text))

const writers: Readonly<Record<ExportTarget, Writer>> = {
  configmgr: sixColumns,
  powershell: importScript,
  automatic: automaticScript,
  dmt: (computers, { collection }) => utf8(consoleDevices(computers, collection)),
  meshcentral: (computers, { collection }) => utf8(meshCommanderList(computers, collection))
}

const names: Readonly<Record<ExportTarget, string>> = {
  configmgr: 'configmgr-computers',
  powershell: 'Import-AmtComputers',
  automatic: 'Enable-AmtAutomaticProvisioning',
  dmt: 'console-devices',
  meshcentral: 'meshcentral-devices'
}

export function exportingOf({
  store,
  vaults,
  now
}: {
  readonly store: Store
  readonly vaults: Vaults
  readonly now: () => number
}): Exporting {
  const current = (guid: string, purpose?: 'mebx') =>
    store.secrets.of(guid, purpose).find(({ role }) => role === 'current')

  /** The slots of what opens a computer now: proved by a take-over, else as the list told it. */
  const slotsOf = ({ computer }: Job) => ({
    admin: current(computer.guid)?.slot ?? computer.adminPassword,
    mebx: current(computer.guid, 'mebx')?.slot ?? computer.mebxPassword
  })

  function computerOf({ computer, facts }: Job): ExportComputer {
    const { name, fqdn, guid, mac, address } = computer
    return {
      ...{ name, fqdn, guid, mac, address },
      amtVersion: facts.amtVersion ?? computer.amtVersion,
      tls: store.secrets.pin(guid) !== undefined,
      username: current(guid)?.username ?? 'admin'
    }
  }

  async function gathered(kept: KeptImport, { which, passwords }: ExportChoice): Promise<Result<ExportComputer[]>> {
    const jobs = store.jobs.of(kept.id).filter(({ state }) => which === 'all' || state === 'done')
    if (!passwords) return ok(jobs.map(computerOf))
    const slots = jobs.flatMap((job) => Object.values(slotsOf(job)).filter((slot) => slot !== undefined))
    const secrets = await (kept.practice ? vaults.practice : vaults.real).findMany([...new Set(slots)])
    if (!secrets.ok) return secrets
    const read = (slot: string | undefined): string | undefined =>
      slot === undefined ? undefined : secrets.value.get(slot)
    return ok(
      jobs.map((job) => {
        const { admin, mebx } = slotsOf(job)
        return { ...computerOf(job), adminPassword: read(admin), mebxPassword: read(mebx) }
      })
    )
  }

  const results = (importId: string) => ok({ results: store.exportResults.of(importId) })
  const importOf = (importId: string): Result<KeptImport> => {
    const kept = store.jobs.import(importId)
    return kept ? ok(kept) : fail('import-gone', { found: importId })
  }

  return {
    async file(importId, asked) {
      const kept = importOf(importId)
      if (!kept.ok) return kept
      const { extension, passwords } = targetWords[asked.to]
      const choice = { ...asked, passwords: asked.passwords && passwords }
      const computers = await gathered(kept.value, choice)
      if (!computers.ok) return computers
      if (computers.value.length === 0) return fail('export-empty')
      const bytes = writers[asked.to](computers.value, choice)
      if (!bytes.ok) return bytes
      const name = `${names[asked.to]}-${importId.slice(0, 6)}.${extension}`
      return ok({ name, bytes: bytes.value, computers: computers.value.length })
    },
    saved(importId, { to, passwords }, computers) {
      const secrets = passwords && targetWords[to].passwords
      store.audit.append('list exported', { to: targetWords[to].title, computers, complete: secrets }, { importId })
    },
    takeResult(importId, bytes) {
      const kept = importOf(importId)
      const read = readResultFile(bytes)
      if (!kept.ok || !read.ok) return kept.ok ? (read as Result<never>) : kept
      const known = new Set(store.jobs.of(importId).map(({ computer }) => guidKey(computer.guid)))
      const mine: ExportResult[] = read.value
        .filter(({ guid }) => known.has(guidKey(guid)))
        .map((result) => ({ ...result, at: now() }))
      if (mine.length === 0) return fail('result-foreign', { found: `${read.value.length} computers` })
      const count = (wanted: ExportResult['outcome']): number => mine.filter(({ outcome }) => outcome === wanted).length
      store.together(() => {
        store.exportResults.put(importId, mine)
        const counts = { created: count('created'), exists: count('exists'), failed: count('failed') }
        store.audit.append('export result read', counts, { importId })
      })
      return results(importId)
    },
    results(importId) {
      const kept = importOf(importId)
      return kept.ok ? results(importId) : kept
    }
  }
}
