// On a job that waits: when its computer called last, and how long it goes on calling. Nothing while it never called.
import { useEffect, useState } from 'react'
import type { Caller } from '../../../shared/contract/outOfBand.ts'
import type { Job, JobState } from '../../../shared/job.ts'
import { ask, onTell } from '../../bridge.ts'
import { useJobs } from '../../jobsStore.ts'
import { counted, whenWords } from '../../words.ts'
import { useNow } from '../useNow.ts'
import { WindowWords } from './WindowWords.tsx'

const waits: readonly JobState[] = ['waiting', 'later', 'person']

/** What this computer's hellos told; read anew whenever somebody calls. */
function useCaller(guid: string, practice: boolean, wanted: boolean): Caller | null {
  const [caller, setCaller] = useState<Caller | null>(null)
  useEffect(() => {
    if (!wanted) return
    const read = (): void =>
      void ask('hello.caller', { guid, practice }).then((answer) => answer.ok && setCaller(answer.value.caller))
    read()
    return onTell('hello.changed', read)
  }, [guid, practice, wanted])
  return wanted ? caller : null
}

export function HelloClock({ job }: { readonly job: Job }) {
  const found = useJobs((state) => state.import)
  const now = useNow(true, 5_000)
  const caller = useCaller(job.computer.guid, found?.practice ?? false, found !== null && waits.includes(job.state))
  if (caller === null) return null
  const planned = found?.schedule?.schedule.hello ?? null
  return (
    <div data-hello={job.computer.guid}>
      Said hello {counted(caller.count, 'time')} from {caller.address}, last {whenWords(caller.lastAt, now)}. Goes on
      calling: <WindowWords heard={caller} now={now} kind={planned?.kind ?? null} hours={planned?.hours} />
    </div>
  )
}
