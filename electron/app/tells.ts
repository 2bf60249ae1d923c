// What the page hears without asking: changed jobs, gathered so that it is told at most ten times a second.
import type { TellBody } from '../../shared/contract.ts'
import type { Job } from '../../shared/job.ts'
import type { Core } from '../core.ts'

export interface Tells {
  /** Number of the last tell; a snapshot carries it, so that the page notices a gap. */
  seq(): number
  close(): void
}

const interval = 100

/** Listens to a core and sends what changed. */
export function tellsOf(core: Core, send: (body: TellBody<'jobs.changed'>) => void): Tells {
  const changed = new Map<string, Map<string, Job>>()
  let seq = 0
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    timer = undefined
    for (const [importId, jobs] of changed) {
      seq += 1
      send({ seq, import: core.imports.view(importId), jobs: [...jobs.values()] })
    }
    changed.clear()
  }

  function note(importId: string, job?: Job): void {
    const jobs = changed.get(importId) ?? new Map<string, Job>()
    if (job) jobs.set(job.id, job)
    changed.set(importId, jobs)
    timer ??= setTimeout(flush, interval)
  }

  const ends = [core.onJob((job) => note(job.importId, job)), core.onImport((importId) => note(importId))]
  return {
    seq: () => seq,
    close() {
      clearTimeout(timer)
      for (const end of ends) end()
    }
  }
}
