// Looking on while another program works: tells which jobs and imports it has changed.
import type { Job } from '../shared/job.ts'
import type { Store } from './store/store.ts'

/** Quick enough for a person who looks on, slow enough for a laptop (ms). */
const lookEvery = 1000

/** Looks at the store again and again; returns the function that ends it. */
export function watchStore(options: {
  readonly store: Store
  readonly onJob: (job: Job) => void
  readonly onImport: (importId: string) => void
}): () => void {
  const { store } = options
  let version = store.version()
  const told = new Map<string, string>()
  const states = new Map<string, string>()

  function note(job: Job, tell: boolean): void {
    const text = JSON.stringify(job)
    if (tell && told.get(job.id) !== text) options.onJob(job)
    told.set(job.id, text)
  }

  function look(tell: boolean): void {
    for (const each of store.jobs.imports()) {
      const state = states.get(each.id)
      // What had ended before and has not moved since is not read again.
      if (tell && state === each.state && state !== 'running' && state !== 'paused') continue
      states.set(each.id, each.state)
      for (const job of store.jobs.of(each.id)) note(job, tell)
      if (tell) options.onImport(each.id)
    }
  }

  look(false)
  const timer = setInterval(() => {
    const now = store.version()
    if (now === version) return
    version = now
    look(true)
  }, lookEvery)
  return () => clearInterval(timer)
}
