// The table of imports: what each was started with, and the little that changes afterwards.
import { type Tick, ticked } from '../../shared/checklist.ts'
import { type ImportState, importStateSchema } from '../../shared/job.ts'
import type { Account } from '../../shared/profile.ts'
import type { Db } from './database.ts'
import { type ImportPlan, importPlanSchema, type KeptImport } from './importPlan.ts'
import { json } from './jobLine.ts'

export interface Imports {
  /** With its jobs still to come. */
  addImport(plan: ImportPlan): void
  imports(): KeptImport[]
  running(): KeptImport[]
  import(id: string): KeptImport | undefined
  /** Only its state, which is asked for between all steps. */
  importState(id: string): ImportState | undefined
  setImportState(id: string, state: ImportState): void
  /** Adds a candidate. */
  addAccount(id: string, account: Account): void
  /** From `at` on no planned time holds the import's jobs back. */
  startAnyway(id: string, at: number): void
  /** How it runs from now on, and why it does not. */
  alter(id: string, change: Pick<ImportPlan, 'running' | 'held' | 'accepted'>): void
  /** Sets a tick of the checklist, or takes it back. */
  tick(id: string, item: string, tick: Tick | null): void
}

/** The imports of a store. */
export function importsIn(db: Db): Imports {
  const put = db.prepare('INSERT INTO imports (id, body, state, practice, started_at) VALUES (?, ?, ?, ?, ?)')
  const importLines = db.prepare<[], { body: string; state: string }>(
    'SELECT body, state FROM imports ORDER BY started_at DESC'
  )
  const runningLines = db.prepare<[], { body: string; state: string }>(
    "SELECT body, state FROM imports WHERE state = 'running' ORDER BY started_at"
  )
  const importLine = db.prepare<[string], { body: string; state: string }>(
    'SELECT body, state FROM imports WHERE id = ?'
  )
  const stateLine = db.prepare<[string], { state: string }>('SELECT state FROM imports WHERE id = ?')
  const setBody = db.prepare('UPDATE imports SET body = ? WHERE id = ?')
  const setState = db.prepare('UPDATE imports SET state = ? WHERE id = ?')
  const clearPlanned = db.prepare('UPDATE jobs SET not_before = NULL WHERE import_id = ?')
  /** The plan read last: a running import is asked for between any two steps of its computers. */
  let lastRead: { readonly body: string; readonly plan: ImportPlan } | undefined
  function planOf(body: string): ImportPlan {
    if (lastRead?.body !== body) lastRead = { body, plan: importPlanSchema.parse(json(body)) }
    return lastRead.plan
  }
  const importOf = (line: { body: string; state: string }): KeptImport => ({
    ...planOf(line.body),
    state: importStateSchema.parse(line.state)
  })

  function amend(id: string, change: (plan: ImportPlan) => Partial<ImportPlan>): void {
    const line = importLine.get(id)
    if (!line) throw new Error(`no import ${id}`)
    const plan = importPlanSchema.parse(json(line.body))
    setBody.run(JSON.stringify({ ...plan, ...change(plan) }), id)
  }

  return {
    addImport: (plan) => void put.run(plan.id, JSON.stringify(plan), 'running', plan.practice ? 1 : 0, plan.startedAt),
    imports: () => importLines.all().map(importOf),
    running: () => runningLines.all().map(importOf),
    import(id) {
      const line = importLine.get(id)
      return line && importOf(line)
    },
    importState(id) {
      const line = stateLine.get(id)
      return line && importStateSchema.parse(line.state)
    },
    setImportState: (id, state) => void setState.run(state, id),
    addAccount: (id, account) => amend(id, ({ accounts }) => ({ accounts: [account, ...accounts] })),
    startAnyway(id, at) {
      amend(id, ({ schedule }) => (schedule ? { schedule: { ...schedule, anywayAt: at } } : {}))
      clearPlanned.run(id)
    },
    alter: (id, altered) => amend(id, () => altered),
    tick: (id, item, tick) => amend(id, ({ checklist }) => ({ checklist: ticked(checklist, item, tick) }))
  }
}
