// What the page hears without asking: changed jobs and how far a reading is, gathered so that it is told at most ten times a second.
import type { Tell, TellBody } from '../../shared/contract.ts'
import type { Job } from '../../shared/job.ts'
import type { Core } from '../core.ts'

export interface Tells {
  /** Number of the last tell about jobs; a snapshot carries it, so that the page notices a gap. */
  seq(): number
  close(): void
}

// Timers ring up to a millisecond early: at 100 an eleventh would fall into a second.
const interval = 105
/** A dry run is only a figure that grows. */
const checkInterval = 500

/** Listens to a core and sends what changed. */
export function tellsOf(core: Core, send: <T extends Tell>(name: T, body: TellBody<T>) => void): Tells {
  const later = new Map<string, NodeJS.Timeout>()
  const changed = new Map<string, Map<string, Job>>()
  const readings = new Map<string, TellBody<'source.progress'>>()
  let seq = 0
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    timer = undefined
    for (const [importId, jobs] of changed) {
      seq += 1
      send('jobs.changed', { seq, import: core.imports.view(importId), jobs: [...jobs.values()] })
    }
    for (const reading of readings.values()) send('source.progress', reading)
    changed.clear()
    readings.clear()
  }

  const soon = (): void => {
    timer ??= setTimeout(flush, interval)
  }

  function note(importId: string, job?: Job): void {
    const jobs = changed.get(importId) ?? new Map<string, Job>()
    if (job) jobs.set(job.id, job)
    changed.set(importId, jobs)
    soon()
  }

  /** Says a moment later that something of a draft went on, once for all that happened until then. */
  const noteSoon =
    (name: 'checks.changed' | 'search.changed') =>
    (draftId: string): void => {
      const key = `${name} ${draftId}`
      if (later.has(key)) return
      const timing = setTimeout(() => {
        later.delete(key)
        send(name, { draftId })
      }, checkInterval)
      later.set(key, timing)
    }

  const ends = [
    core.onJob((job) => note(job.importId, job)),
    core.onImport((importId) => note(importId)),
    core.onCheck(noteSoon('checks.changed')),
    core.onHello(() => send('hello.changed', {})),
    core.onSearch(noteSoon('search.changed')),
    core.onHead((head) => send('source.head', head)),
    core.onReading((reading) => {
      readings.set(reading.draftId, reading)
      soon()
    })
  ]
  return {
    seq: () => seq,
    close() {
      clearTimeout(timer)
      for (const timing of later.values()) clearTimeout(timing)
      for (const end of ends) end()
    }
  }
}
