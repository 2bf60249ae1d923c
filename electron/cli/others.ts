// `amt-migrate audit others`: what other laptops wrote in their audit logs, as it came in return packs, and how far it can be believed.
import type { Laptop, ReturnedChain, ShownEntry } from '../../shared/audit.ts'
import type { Result } from '../../shared/problem.ts'
import { localTime } from '../../shared/schedule/words.ts'
import { systemClock, systemOffset } from '../clock.ts'
import { laptopsOf, verifyLaptop } from '../packs/history.ts'
import { openStore, type Store } from '../store/store.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { told } from './opened.ts'
import { plain, print, printJson } from './words.ts'

export interface OthersArguments {
  readonly folder: string
  readonly json: boolean
  /** Only entries with this text in kind, computer, person or content; all of them when empty. */
  readonly search: string
  /** Only laptops whose name begins so. */
  readonly laptop: string | undefined
}

const verdicts: Readonly<Record<ReturnedChain['state'], string>> = {
  whole: 'Unaltered, and none is missing.',
  partial: 'Unaltered, but not all of it is here.',
  broken: 'Altered:'
}

/** As many as are read at once. */
const page = 500

/** Newest first, as the window shows them. */
function* entriesOf({ returnedAudit }: Store, origin: string, search: string): Generator<ShownEntry> {
  let before: number | null = null
  for (;;) {
    const { entries, more } = returnedAudit.read(origin, { before, count: page, search })
    yield* entries
    const last = entries.at(-1)
    if (!more || last === undefined) return
    before = last.seq
  }
}

const bodyWords = (body: ShownEntry['body']): string =>
  Object.entries(body)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')

function printEntry({ seq, at, actor, kind, computer, body }: ShownEntry): void {
  const about = computer === null ? '' : `, ${computer}`
  print(
    plain(`  ${String(seq).padStart(6)}  ${localTime(at, systemOffset)}  ${actor}  ${kind}${about}  ${bodyWords(body)}`)
  )
}

function show(store: Store, laptop: Laptop, chain: ReturnedChain, { json, search }: OthersArguments): void {
  const { name, fingerprint, entries, links, origin } = laptop
  if (json) printJson({ event: 'laptop', ...laptop, chain })
  else {
    print(plain(`${name} (${fingerprint || 'key not known'}): ${entries} ${entries === 1 ? 'entry' : 'entries'}`))
    print(plain(`  ${verdicts[chain.state]} ${chain.why}`.trimEnd()))
    if (links > 0) print(`  ${links} more about other work, of which only the place in the chain came.`)
  }
  for (const entry of entriesOf(store, origin, search)) {
    if (json) printJson({ event: 'entry', laptop: name, origin, ...entry })
    else printEntry(entry)
  }
}

/** Exit code 1 when what one of them wrote was altered. */
export function showOthers(args: OthersArguments): ExitCode {
  const { folder, json, laptop: wanted } = args
  const opened: Result<Store> = openStore({ folder, actor: 'others', now: () => systemClock.now(), readOnly: true })
  if (!opened.ok) return told(opened.problem, json)
  const store = opened.value
  try {
    const laptops = laptopsOf(store).filter(
      ({ name }) => wanted === undefined || name.toLowerCase().startsWith(wanted.toLowerCase())
    )
    const chains = laptops.map((each) => [each, verifyLaptop(store, each.origin)] as const)
    for (const [laptop, chain] of chains) show(store, laptop, chain, args)
    if (laptops.length === 0 && !json) print('No entries of another laptop have come in a return pack.')
    return chains.some(([, { state }]) => state === 'broken') ? exitCodes.person : exitCodes.done
  } finally {
    store.close()
  }
}
