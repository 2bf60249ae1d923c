// What the store knows about site packs: this installation, signers, where plans came from, and all results that came back.
import { z } from 'zod'
import type { Computer } from '../../shared/computer.ts'
import { guidKey } from '../../shared/guid.ts'
import { type HistoryEntry, type ResultBody, resultSchema } from '../packs/contents.ts'
import { type Signer, signerSchema } from '../packs/format.ts'
import type { Choice } from '../packs/judge.ts'
import type { Db } from './database.ts'
import type { Purpose } from './secrets.ts'

const installationSchema = signerSchema.extend({ slot: z.string() })
/** Public keys and name of this installation, and where the private keys lie. */
export type Installation = z.infer<typeof installationSchema>

const originSchema = z.object({ packId: z.string(), signer: signerSchema })
export type PlanOrigin = z.infer<typeof originSchema>

export interface KeptResult {
  readonly guid: string
  readonly origin: string
  readonly rev: number
  readonly body: ResultBody
}

/** Which result a job shows; origin '' = two that differ. `ownRev`: up to where work of this laptop is in it. */
export interface Shown {
  readonly origin: string
  readonly rev: number
  readonly ownRev: number
}

export interface Packs {
  installation(): Installation | undefined
  keepInstallation(installation: Installation): void
  signers(): Signer[]
  trust(signer: Signer): void

  /** From whom this plan was taken; undefined when it was made here. */
  origin(planId: string): PlanOrigin | undefined
  keepOrigin(planId: string, origin: PlanOrigin): void

  /** Plans that results came back for. */
  plans(): string[]
  results(planId: string): KeptResult[]
  /** False when that one, or a later one of the same laptop, is known. */
  addResult(planId: string, result: KeptResult): boolean
  choice(planId: string, guid: string): Choice | undefined
  choose(planId: string, guid: string, choice: Choice): void
  shown(jobId: string): Shown | undefined
  show(jobId: string, shown: Shown): void

  /** Number of the last audit entry that ended work of this laptop on a job; 0 when there was none. */
  ownRev(jobId: string): number
  /** Passwords and other secrets of a device that are in use, or may be. */
  secretsInUse(guid: string): { slot: string; purpose: Purpose; username: string; role: 'pending' | 'current' }[]
  /** The job becomes as the result says, whatever state it was in: the moves between states are those of work done here. */
  takeOver(jobId: string, change: Pick<ResultBody, 'state' | 'problem' | 'facts' | 'startedAt' | 'endedAt'>): void
  addJob(importId: string, jobId: string, computer: Computer): void

  /** The audit log from the first entry about these imports on; entries about other work only as links. */
  ownHistory(importIds: readonly string[]): HistoryEntry[]
  /** Entries of another laptop. False when one differs from what is known of it: then nothing was added. */
  addHistory(origin: string, entries: readonly HistoryEntry[]): boolean
}

const json = (text: string): unknown => JSON.parse(text)

/** The pack tables of a store. */
export function packsOf(db: Db, now: () => number): Packs {
  const getInstallation = db.prepare<[], { body: string }>('SELECT body FROM installation')
  const putInstallation = db.prepare(
    'INSERT INTO installation (one, body) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET body = excluded.body'
  )
  const listSigners = db.prepare<[], Signer>('SELECT key, box, name FROM signers ORDER BY name')
  const putSigner = db.prepare(
    `INSERT INTO signers (key, box, name, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET box = excluded.box, name = excluded.name`
  )
  const getOrigin = db.prepare<[string], { body: string }>('SELECT body FROM plan_origins WHERE plan_id = ?')
  const putOrigin = db.prepare('INSERT INTO plan_origins (plan_id, body, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const listPlans = db.prepare<[], { plan_id: string }>('SELECT DISTINCT plan_id FROM results')
  const listResults = db.prepare<[string], { guid: string; origin: string; rev: number; body: string }>(
    'SELECT guid, origin, rev, body FROM results WHERE plan_id = ? ORDER BY guid, origin'
  )
  const putResult = db.prepare(
    `INSERT INTO results (plan_id, guid, origin, rev, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (plan_id, guid, origin) DO UPDATE SET rev = excluded.rev, body = excluded.body WHERE excluded.rev > rev`
  )
  const getChoice = db.prepare<[string, string], { origin: string; over: string }>(
    'SELECT origin, over FROM result_choices WHERE plan_id = ? AND guid = ?'
  )
  const putChoice = db.prepare(
    `INSERT INTO result_choices (plan_id, guid, origin, over) VALUES (?, ?, ?, ?)
     ON CONFLICT (plan_id, guid) DO UPDATE SET origin = excluded.origin, over = excluded.over`
  )
  const getShown = db.prepare<[string], Shown>(
    'SELECT origin, rev, own_rev AS ownRev FROM results_shown WHERE job_id = ?'
  )
  const putShown = db.prepare(
    `INSERT INTO results_shown (job_id, origin, rev, own_rev) VALUES (?, ?, ?, ?)
     ON CONFLICT (job_id) DO UPDATE SET origin = excluded.origin, rev = excluded.rev, own_rev = excluded.own_rev`
  )
  const ended = db.prepare<[string], { seq: number | null }>(
    "SELECT max(seq) AS seq FROM audit WHERE job_id = ? AND kind IN ('attempt ended', 'undo ended', 'taken back')"
  )
  const inUse = db.prepare<[string], { slot: string; purpose: Purpose; username: string; role: 'pending' | 'current' }>(
    `SELECT slot, purpose, username, role FROM secrets WHERE guid = ? AND role IN ('pending', 'current')
     ORDER BY purpose, role, slot`
  )
  const setJob = db.prepare(
    `UPDATE jobs SET state = ?, problem = ?, facts = ?, started_at = ?, ended_at = ?, step = NULL, series = 0,
       due_at = NULL, asleep_until = NULL, not_before = NULL WHERE id = ?`
  )
  const putJob = db.prepare(
    `INSERT INTO jobs (id, import_id, ordinal, guid, computer, state)
     SELECT ?, ?, coalesce(max(ordinal), 0) + 1, ?, ?, 'stopped' FROM jobs WHERE import_id = ?`
  )
  const own = db.prepare<[{ ids: string }], HistoryLine>(
    `SELECT seq, at, actor, kind, import_id, job_id, computer, body, prev, hash,
       import_id IS NOT NULL AND import_id IN (SELECT value FROM json_each(@ids)) AS ours
     FROM audit WHERE seq >= (SELECT min(seq) FROM audit WHERE import_id IN (SELECT value FROM json_each(@ids)))
     ORDER BY seq`
  )
  const knownEntry = db.prepare<[string, number], { hash: string }>(
    'SELECT hash FROM returned_audit WHERE origin = ? AND seq = ?'
  )
  const putEntry = db.prepare(
    `INSERT INTO returned_audit (origin, seq, prev, hash, line) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (origin, seq) DO UPDATE SET line = coalesce(line, excluded.line)`
  )
  return {
    installation() {
      const line = getInstallation.get()
      return line && installationSchema.parse(json(line.body))
    },
    keepInstallation: (installation) => void putInstallation.run(JSON.stringify(installation)),
    signers: () => listSigners.all(),
    trust: ({ key, box, name }) => void putSigner.run(key, box, name, now()),
    origin(planId) {
      const line = getOrigin.get(planId)
      return line && originSchema.parse(json(line.body))
    },
    keepOrigin: (planId, origin) => void putOrigin.run(planId, JSON.stringify(origin), now()),
    plans: () => listPlans.all().map(({ plan_id }) => plan_id),
    results: (planId) =>
      listResults.all(planId).map((line) => ({ ...line, body: resultSchema.parse(json(line.body)) })),
    addResult: (planId, { guid, origin, rev, body }) =>
      putResult.run(planId, guidKey(guid), origin, rev, JSON.stringify(body)).changes > 0,
    choice(planId, guid) {
      const line = getChoice.get(planId, guidKey(guid))
      return line && { origin: line.origin, over: z.record(z.string(), z.number()).parse(json(line.over)) }
    },
    choose: (planId, guid, { origin, over }) => void putChoice.run(planId, guidKey(guid), origin, JSON.stringify(over)),
    shown: (jobId) => getShown.get(jobId),
    show: (jobId, { origin, rev, ownRev }) => void putShown.run(jobId, origin, rev, ownRev),
    ownRev: (jobId) => ended.get(jobId)?.seq ?? 0,
    secretsInUse: (guid) => inUse.all(guidKey(guid)),
    takeOver: (jobId, { state, problem, facts, startedAt, endedAt }) =>
      void setJob.run(state, problem && JSON.stringify(problem), JSON.stringify(facts), startedAt, endedAt, jobId),
    addJob: (importId, jobId, computer) =>
      void putJob.run(jobId, importId, guidKey(computer.guid), JSON.stringify(computer), importId),
    ownHistory: (importIds) =>
      own
        .all({ ids: JSON.stringify(importIds) })
        .map(({ seq, prev, hash, ours, ...line }) => ({ seq, prev, hash, line: ours === 1 ? line : null })),
    addHistory(origin, entries) {
      const differs = entries.some(({ seq, hash }) => (knownEntry.get(origin, seq)?.hash ?? hash) !== hash)
      if (differs) return false
      for (const { seq, prev, hash, line } of entries)
        putEntry.run(origin, seq, prev, hash, line && JSON.stringify(line))
      return true
    }
  }
}

interface HistoryLine {
  readonly seq: number
  readonly at: number
  readonly actor: string
  readonly kind: string
  readonly import_id: string | null
  readonly job_id: string | null
  readonly computer: string | null
  readonly body: string
  readonly prev: string
  readonly hash: string
  readonly ours: number
}
