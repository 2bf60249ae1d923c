// What waits for what: the sentences for work that is armed and cannot go on yet.
import type { Flow, Import } from './contract/views.ts'
import { openJobs } from './job.ts'

const computers = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'computer' : 'computers'}`
const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many)

type Waiting = Pick<Import, 'state' | 'totals'> & { readonly flow: Pick<Flow, 'asleep' | 'held' | 'network'> }

/** Why nothing is begun at the moment; null while it is. */
export function heldWords({ state, totals, flow }: Waiting): string | null {
  if (flow.network !== 'none' || state !== 'running') return flow.held
  const open = openJobs(totals)
  return `${computers(open)} ${verb(open, 'waits', 'wait')} for this laptop to be on a network. Work begins by itself then.`
}

/** Of computers that do not answer; null when there are none. */
export function asleepWords({ state, flow: { asleep, network } }: Waiting): string | null {
  if (asleep === 0) return null
  if (state !== 'running')
    return `${computers(asleep)} ${verb(asleep, 'does', 'do')} not answer. They are not looked for now.`
  const quietly = 'They are looked for quietly, without a login, and begun when they appear.'
  return network === 'other'
    ? `${computers(asleep)} ${verb(asleep, 'waits', 'wait')} for this laptop to be on their network: none has been found from here yet. ${quietly}`
    : `${computers(asleep)} ${verb(asleep, 'does', 'do')} not answer. ${quietly}`
}
