// What the queue costs with very many jobs: from Start to the first one begun, and the snapshot that a page asks for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { memoryKeychain, vaultOf } from '../../electron/vault.ts'
import type { Computer } from '../../shared/computer.ts'
import { asks } from '../../shared/contract.ts'
import { newDraft, noComputers } from '../../shared/draft.ts'

/** Milliseconds that each thing took. */
export interface QueueTimes {
  /** Start pressed, until its answer is there. */
  readonly start: number
  /** The whole list read, and through the contract's schema as it goes to the page. */
  readonly snapshot: number
  /** The numbers at the top of the page, as told ten times a second. */
  readonly view: number
  /** The next job claimed among them. */
  readonly claim: number
  /** All of the above after the program was opened anew on them. */
  readonly reopen: number
}

const computerOf = (n: number): Computer => ({
  name: `PC-${n}`,
  fqdn: `pc-${n}.corp.example`,
  guid: `4c4c4544-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
  mac: '',
  // Nobody is there: a documentation address (RFC 5737), paused before it is ever reached.
  address: `192.0.2.${1 + (n % 250)}`,
  amtVersion: '',
  amtStatus: '',
  automaticPrevented: false
})

async function timed<T>(work: () => T | Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const begun = performance.now()
  const value = await work()
  return { ms: performance.now() - begun, value }
}

/** Queues so many jobs on a real store and measures; works on none of them. */
export async function queueTimes(count: number): Promise<QueueTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'amt-queue-speed-'))
  const vault = vaultOf(memoryKeychain(), { kind: 'memory', words: '' })
  const open = () => {
    const log = openLog(join(folder, 'logs'), () => Date.now())
    const opened = openCore({
      folder,
      vaults: { real: vault, practice: vault },
      log,
      version: 'speed',
      runtime: 'speed'
    })
    if (!opened.ok) throw new Error(opened.problem.title)
    return opened.value
  }
  let core = open()
  try {
    core.holdBack('measuring')
    const computers = Array.from({ length: count }, (_, n) => computerOf(n))
    const source = { kind: 'single' } as const
    const begun = core.drafting.begin(false, [])
    const counts = { ...noComputers, total: count, ready: count }
    const draft = { ...newDraft(begun.id, false, Date.now()), source, counts }
    const start = await timed(() => core.imports.start(draft, computers, 'speed.csv'))
    if (!start.value.ok) throw new Error(start.value.problem.title)
    const { id } = start.value.value
    const read = () =>
      asks['jobs.read'].output.safeParse({ ...(core.imports.jobs(id) as { value: object }).value, seq: 0 })
    const snapshot = await timed(read)
    if (!snapshot.value.success) throw new Error('the snapshot is none')
    const view = await timed(() => core.imports.view(id))
    const claim = await timed(() => core.store.jobs.nextDue({ importId: id, now: Date.now() }))
    await core.close()
    const reopen = await timed(async () => {
      core = open()
      core.holdBack('measuring')
      await core.goOn()
      read()
    })
    return { start: start.ms, snapshot: snapshot.ms, view: view.ms, claim: claim.ms, reopen: reopen.ms }
  } finally {
    await core.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The rows of the bench table. */
export async function queueRows(count = 20_000) {
  const { start, snapshot, view, claim, reopen } = await queueTimes(count)
  const row = (what: string, ms: number, most: number) => ({
    what: `${what}, ${count} jobs queued`,
    found: `${ms.toFixed(0)} ms`,
    target: `< ${most} ms`,
    met: ms < most
  })
  return [
    row('Start', start, 1_000),
    row('Snapshot of all jobs', snapshot, 1_000),
    row('Numbers of the progress page', view, 50),
    row('Next job claimed', claim, 20),
    row('Opened anew, snapshot and all', reopen, 2_000)
  ]
}
