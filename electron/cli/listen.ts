// `amt-migrate listen`: listens for hello messages and says who calls, as they come.
import { setTimeout as wait } from 'node:timers/promises'
import { rootWords } from '../../shared/knownRoots.ts'
import type { Core } from '../core.ts'
import type { HelloCall } from '../hello.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { type CoreArguments, told, withCore } from './opened.ts'
import { count, plain, print, printJson } from './words.ts'

export interface ListenArguments extends CoreArguments {
  /** '' = all addresses of this computer. */
  readonly address: string
  readonly port: number
  /** Ends by itself after so many seconds; until it is interrupted when undefined. */
  readonly seconds: number | undefined
  readonly practice: boolean
}

const shownRoots = 3

/** One line a call: when, who, where from, by what it can be set up, and whether it has a job. */
function lineOf(core: Core, { hello, address, at, count: times, job }: HelloCall): string {
  const { guid, version, pid = '', hashes } = hello
  const more = hashes.length > shownRoots ? ` and ${hashes.length - shownRoots} more` : ''
  const names = hashes.slice(0, shownRoots).map(({ thumbprint }) => rootWords(thumbprint))
  const by = version === 2 ? `PID ${pid}` : hashes.length === 0 ? 'no roots' : `${names.join(', ')}${more}`
  const source = job && core.store.jobs.import(job.importId)?.source
  const whose = job ? `${job.computer.name} of ${source ?? 'an import'}` : 'in no import'
  const time = new Date(at).toLocaleTimeString('en-GB')
  return plain(`${time}  ${guid}  ${address}  call ${times}  ${whose}  (${by})`)
}

const jsonOf = ({ hello, address, at, count: times, job, practice }: HelloCall) => ({
  event: 'call',
  at: new Date(at).toISOString(),
  ...hello,
  address,
  count: times,
  practice,
  job: job ? { id: job.id, importId: job.importId, name: job.computer.name, state: job.state } : null
})

/** Exit code 0 when somebody called, 1 when nobody did or it could not listen, 4 while another program works on the folder. */
export async function listen(args: ListenArguments): Promise<ExitCode> {
  const { address, port, practice, seconds, json } = args
  return withCore(args, {}, async (core) => {
    let calls = 0
    core.onCall((call) => {
      calls += 1
      if (json) printJson(jsonOf(call))
      else print(lineOf(core, call))
    })
    const started = await core.hello.start({ address, port, practice })
    if (started.problem) return told(started.problem, json)
    const where = started.address === '' ? 'all addresses' : started.address
    if (json) printJson({ event: 'listening', address: started.address, port: started.port, practice })
    else {
      print(`Listening for hello messages on ${where}, port ${started.port}. Ctrl+C ends it.`)
      print('What a message says is not proved: its GUID is used to find the computer, nothing else.')
    }
    if (seconds === undefined) await new Promise(() => undefined)
    else await wait(seconds * 1000)
    const { tally } = await core.hello.stop()
    if (json) printJson({ event: 'ended', ...tally })
    else print(`${count(calls, 'call')}; ${count(tally.strangers, 'stranger')}; ${tally.refused} refused.`)
    return calls > 0 ? exitCodes.done : exitCodes.person
  })
}
