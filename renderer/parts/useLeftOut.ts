// Computers that "Retry all that need you" leaves out, as they stand on the page.
import type { Import } from '../../shared/contract/views.ts'
import { type LeftOut, leftOutOf } from '../../shared/retrying.ts'
import { useJobs } from '../jobsStore.ts'

/** Those that were stopped count only where they would be meant: when the whole import is. */
export function useLeftOut({ state }: Import): readonly LeftOut[] {
  const jobs = useJobs((all) => all.jobs)
  return leftOutOf([...jobs.values()].filter((job) => job.state === 'person' || state === 'stopped'))
}
