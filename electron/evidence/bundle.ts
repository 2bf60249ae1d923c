// The support bundle: one zip with logs, versions, settings, problems and counts; nothing is written that holds a known secret.
import { readFile } from 'node:fs/promises'
import { arch, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { z } from 'zod'
import type { Snapshot } from '../../shared/contract/views.ts'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { profileSentences } from '../../shared/profile/sentences.ts'
import { runningSentences } from '../../shared/running.ts'
import { typedSlots } from '../drafting/secretsOf.ts'
import { storeVersion } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import type { Vault, Vaults } from '../vault.ts'
import { partWithSecret } from './scan.ts'

export interface Bundle {
  readonly name: string
  readonly bytes: Uint8Array
}

interface Sources {
  readonly folder: string
  readonly store: Store
  readonly vaults: Vaults
  readonly snapshot: Snapshot
  readonly now: number
}

/** Every slot the store knows of, of one kind. */
function slotsOf(store: Store, practice: boolean): string[] {
  const drafts = store.drafts.all().filter((draft) => draft.practice === practice)
  const imports = store.jobs.imports().filter((each) => each.practice === practice)
  const authorities = (['rsa', 'ecc'] as const).map((kind) => store.certificates.authority(practice, kind))
  const rows = imports.flatMap(({ id }) =>
    store.jobs
      .of(id)
      .flatMap(({ computer }) => [computer.adminPassword, computer.mebxPassword, computer.oneTimePassword])
  )
  const all = [
    ...drafts.flatMap(typedSlots),
    ...[...drafts.map(({ id }) => id), null]
      .flatMap((id) => store.drafts.entries(id))
      .flatMap((each) => (each.practice === practice ? [each.entry] : [])),
    ...imports.flatMap(({ accounts, profile }) => typedSlots({ accounts, profile })),
    ...rows,
    ...store.secrets.all(practice).map(({ slot }) => slot),
    ...authorities.flatMap((each) => (each ? [...each.root.slots, ...each.client.slots] : [])),
    ...(practice ? [] : store.installation.keys().map(({ slot }) => slot)),
    ...store.setUps.certificates(practice).flatMap(({ key }) => key),
    ...store.setUps.pairs(practice).flatMap(({ slot, mebx }) => [slot, mebx ?? '']),
    ...store.setUps.usbKeys(practice).map(({ mebx }) => mebx ?? '')
  ]
  return [...new Set(all)].filter((slot): slot is string => slot !== undefined && slot !== '')
}

const packSchema = z.array(z.string())

/** An entry of a draft is a list of secrets; a secret that only looks like one is taken as it is, too. */
function unpacked(text: string): readonly string[] {
  if (!text.startsWith('[')) return [text]
  try {
    return [text, ...(packSchema.safeParse(JSON.parse(text)).data ?? [])]
  } catch {
    return [text]
  }
}

/** What the keychain holds of these; a keychain that nobody can reach holds nothing that could be looked for. */
async function secretsIn(vault: Vault, slots: readonly string[]): Promise<Result<Iterable<string>>> {
  if (vault.kind === 'none' || slots.length === 0) return ok([])
  const found = await vault.findMany(slots)
  return found.ok ? ok([...found.value.values()].flatMap(unpacked)) : found
}

/** How often each problem stands at a job, with its words. */
function problemsOf(store: Store): unknown {
  return store.jobs.imports().map(({ id, source, practice, state, startedAt }) => {
    const codes = new Map<string, { title: string; detail?: string; count: number }>()
    for (const { problem } of store.jobs.of(id)) {
      if (!problem) continue
      const known = codes.get(problem.code)
      const { title, detail } = problem
      codes.set(problem.code, { title, ...(detail && { detail }), count: (known?.count ?? 0) + 1 })
    }
    return { id, source, practice, state, startedAt, problems: Object.fromEntries(codes) }
  })
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)

async function partsOf({ folder, store, snapshot, now }: Sources): Promise<Map<string, Uint8Array>> {
  const chain = store.audit.verify()
  const parts = new Map<string, Uint8Array>([
    [
      'versions.json',
      json({
        version: snapshot.version,
        runtime: snapshot.runtime,
        node: process.versions.node,
        platform: process.platform,
        arch: arch(),
        system: release(),
        memory: totalmem(),
        store: storeVersion,
        keychain: snapshot.keychain,
        writtenAt: new Date(now).toISOString()
      })
    ],
    [
      'settings.json',
      json(
        store.jobs.imports().map(({ id, profile, running, route, schedule }) => ({
          id,
          route,
          profile: profileSentences(profile),
          ...(running && { running: runningSentences(running) }),
          ...(schedule && { schedule: schedule.words })
        }))
      )
    ],
    ['problems.json', json(problemsOf(store))],
    [
      'counts.json',
      json({
        drafts: snapshot.drafts.length,
        imports: snapshot.imports.map(({ id, totals, flow }) => ({ id, totals, flow })),
        audit: chain
      })
    ]
  ])
  for (const name of ['diagnostic.log', 'diagnostic.log.1']) {
    const log = await readFile(join(folder, 'logs', name)).catch(() => undefined)
    if (log) parts.set(`logs/${name}`, new Uint8Array(log))
  }
  return parts
}

/** Problems: bundle-holds-secret (names the part), those of the keychain: what cannot be looked for must not be sent. */
export async function supportBundle(sources: Sources): Promise<Result<Bundle>> {
  const { store, vaults, now } = sources
  const secrets: string[] = []
  for (const practice of [false, true]) {
    const found = await secretsIn(practice ? vaults.practice : vaults.real, slotsOf(store, practice))
    if (!found.ok) return found
    secrets.push(...found.value)
  }
  const parts = await partsOf(sources)
  const part = partWithSecret(parts, secrets)
  if (part !== undefined) return fail('bundle-holds-secret', { where: part, values: { part } })
  const name = `amt-support-${new Date(now).toISOString().slice(0, 10)}.zip`
  return ok({ name, bytes: zipSync(Object.fromEntries(parts), { mtime: new Date(now) }) })
}
