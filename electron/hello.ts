// Who calls: hellos matched to the jobs they belong to, all others kept in a bounded list to be claimed into a draft or ignored.

import type { AmtStatus } from '../shared/amtStatus.ts'
import { fieldTitles } from '../shared/computer.ts'
import { type Caller, helloPort, type ListenerState } from '../shared/contract/outOfBand.ts'
import type { AskInput, AskOutput } from '../shared/contract.ts'
import type { Draft } from '../shared/draft.ts'
import { guidKey } from '../shared/guid.ts'
import { heardAgain } from '../shared/helloWindow.ts'
import type { Job } from '../shared/job.ts'
import { fail, ok, type Problem, type Result } from '../shared/problem.ts'
import type { Clock } from './clock.ts'
import { listText } from './intake/write.ts'
import type { Log } from './log.ts'
import type { Limits } from './setup/gate.ts'
import type { Hello } from './setup/hello.ts'
import { type Listener, listenForHello } from './setup/listener.ts'
import type { KeptCaller } from './store/callers.ts'
import type { Store } from './store/store.ts'

/** One hello, with what is known of who said it. Its address is where to reach the device, and proves nothing. */
export interface HelloCall {
  readonly hello: Hello
  readonly practice: boolean
  readonly address: string
  readonly at: number
  /** How often this computer has called by now. */
  readonly count: number
  /** Its job in the newest import that has this GUID (either byte order); undefined when none has. */
  readonly job: Job | undefined
}

/** How many callers are kept in all, and from one address: a flood from there must not drive the others out. */
const mostCallers = 5_000
const mostFromOne = 1_000
/** Firmware has at most 33 (Root Certificate Hashes, since AMT 7); more are somebody's joke. */
const mostHashes = 40
/** How often what was heard is written down and told to the page (ms). */
const flushEvery = 500
const mostPending = 250
const listed = 500

export interface HelloRoom {
  /** Begins to listen; on another address or port when it listens already. The Problem of a failure is in the answer. */
  start(where: AskInput<'hello.start'>): Promise<ListenerState>
  stop(): Promise<ListenerState>
  status(): ListenerState
  read(which: AskInput<'hello.read'>): AskOutput<'hello.read'>
  caller(guid: string, practice: boolean): Caller | null
  /** Puts callers into a draft with GUID and address. Problems: caller-gone, draft-gone, and those of reading a list. */
  claim(what: AskInput<'hello.claim'>): Promise<Result<Draft>>
  /** Problem: caller-gone. */
  ignore(what: AskInput<'hello.ignore'>): Result<Record<never, never>>
  close(): Promise<void>
}

const off: ListenerState = {
  on: false,
  practice: false,
  address: '',
  port: helloPort,
  since: null,
  tally: { connections: 0, hellos: 0, strangers: 0, refused: 0 },
  problem: null
}

const unprovisioned: AmtStatus = 'Not Provisioned'

/** Callers as a list that any draft takes in: what a hello tells, and nothing it does not. Who says hello is not set up. */
const listOf = (callers: readonly KeptCaller[]): Uint8Array =>
  new TextEncoder().encode(
    listText([
      (['name', 'fqdn', 'guid', 'address', 'amtStatus'] as const).map((field) => fieldTitles[field]),
      ...callers.map(({ guid, address }) => ['', '', guid, address, unprovisioned])
    ])
  )

/**
 * The hello part of a core. `onCall` hears each hello as it comes, before it is written down; `onChange` at most twice a second
 * that the list changed.
 */
export function helloOf(options: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Pick<Log, 'write'>
  readonly onCall: (call: HelloCall) => void
  readonly onChange: () => void
  /** A draft of this kind, as when a person begins one. */
  readonly beginDraft: (practice: boolean) => Promise<Result<Draft>>
  /** Takes a list into a draft, merged by GUID with what is there. */
  readonly give: (draftId: string, name: string, bytes: Uint8Array) => Promise<Result<Draft>>
  /** Practice computers that wait for their setup call there from now on; null = nobody listens any more. */
  readonly practise: (to: { readonly host: string; readonly port: number } | null) => Promise<void>
  readonly limits?: Partial<Limits>
}): HelloRoom {
  const { store, clock, log, onCall, onChange } = options
  let listener: Listener | undefined
  let state = off
  /** Heard and not written down yet, by practice and GUID. */
  const pending = new Map<string, { readonly caller: KeptCaller; readonly isNew: boolean }>()
  let timer: NodeJS.Timeout | undefined
  /** Written down, and the page was not told yet. */
  let unheard = false

  const keyOf = (guid: string, practice: boolean): string => `${practice} ${guidKey(guid)}`
  const known = (guid: string, practice: boolean): KeptCaller | undefined =>
    pending.get(keyOf(guid, practice))?.caller ?? store.callers.find(guid, practice)

  function write(): void {
    if (pending.size === 0) return
    unheard = true
    store.together(() => {
      for (const { caller, isNew } of pending.values()) {
        const { guid, practice, address } = caller
        const crowded = isNew && store.callers.from(address, practice) >= mostFromOne
        if (!crowded || store.jobs.earlierJob(guid, practice)) store.callers.keep(caller)
      }
      store.callers.trim(true, mostCallers)
      store.callers.trim(false, mostCallers)
    })
    pending.clear()
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    write()
    if (unheard) onChange()
    unheard = false
  }

  function hear(hello: Hello, address: string, practice: boolean): void {
    const at = clock.now()
    const { guid, version, credentialsSet, retry, pid = null } = hello
    const before = known(guid, practice)
    const caller: KeptCaller = {
      ...heardAgain(before, at, retry),
      practice,
      guid,
      address,
      version,
      pid,
      hashes: hello.hashes.slice(0, mostHashes).map(({ thumbprint }) => thumbprint),
      credentialsSet,
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? at,
      ignored: before?.ignored ?? false,
      draftId: before?.draftId ?? null
    }
    const key = keyOf(guid, practice)
    pending.set(key, { caller, isNew: pending.get(key)?.isNew ?? before === undefined })
    // In a flood little waits in memory to be written down.
    if (pending.size >= mostPending) write()
    timer ??= setTimeout(flush, flushEvery)
    onCall({ hello, practice, address, at, count: caller.count, job: store.jobs.earlierJob(guid, practice) })
  }

  const status = (): ListenerState => (listener ? { ...state, tally: listener.tally() } : state)

  async function stop(): Promise<ListenerState> {
    if (!listener) return state
    const { address, port, practice } = state
    const closing = listener
    listener = undefined
    await closing.close()
    if (practice) await options.practise(null)
    flush()
    const tally = closing.tally()
    store.audit.append('hello listener stopped', { port, hellos: tally.hellos })
    state = { ...off, address, port, practice, tally }
    onChange()
    return state
  }

  async function start({ address, port, practice }: AskInput<'hello.start'>): Promise<ListenerState> {
    await stop()
    // Nothing but this computer is let in to a practice listener.
    const place = { address: practice ? '127.0.0.1' : address, port }
    const begun = await listenForHello({
      ...place,
      clock,
      log,
      onHello: (hello, from) => hear(hello, from, practice),
      ...(options.limits && { limits: options.limits })
    })
    const problem: Problem | null = begun.ok ? null : begun.problem
    listener = begun.ok ? begun.value : undefined
    state = {
      ...off,
      ...place,
      practice,
      problem,
      ...(begun.ok && { on: true, port: begun.value.port, since: clock.now() })
    }
    if (begun.ok) {
      store.audit.append('hello listener started', { address: place.address, port: begun.value.port, practice })
      if (practice) await options.practise({ host: '127.0.0.1', port: begun.value.port })
    }
    onChange()
    return status()
  }

  const drafts = (): ReadonlySet<string> => new Set(store.drafts.all().map(({ id }) => id))

  function shown(caller: KeptCaller, thereAre: ReadonlySet<string>): Caller {
    const job = store.jobs.earlierJob(caller.guid, caller.practice)
    const importState = job && store.jobs.importState(job.importId)
    const { draftId, hashes } = caller
    return {
      ...caller,
      hashes: [...hashes],
      draftId: draftId !== null && thereAre.has(draftId) ? draftId : null,
      job:
        job && importState
          ? { id: job.id, importId: job.importId, name: job.computer.name, state: job.state, importState }
          : null
    }
  }

  function chosen(guids: readonly string[], practice: boolean): Result<readonly KeptCaller[]> {
    flush()
    const found = guids.map((guid) => store.callers.find(guid, practice))
    const callers = found.filter((caller) => caller !== undefined)
    return callers.length < guids.length
      ? fail('caller-gone', { found: guids.find((_, at) => found[at] === undefined) })
      : ok(callers)
  }

  return {
    start,
    stop,
    status,
    read({ practice, ignored }) {
      flush()
      const thereAre = drafts()
      return {
        listener: status(),
        callers: store.callers.list(practice, ignored, listed).map((caller) => shown(caller, thereAre)),
        total: store.callers.count(practice, ignored),
        ignored: store.callers.count(practice, true)
      }
    },
    caller(guid, practice) {
      const found = known(guid, practice)
      return found === undefined ? null : shown(found, drafts())
    },
    async claim({ guids, practice, draftId }) {
      const callers = chosen(guids, practice)
      if (!callers.ok) return callers
      const draft = draftId === null ? await options.beginDraft(practice) : ok({ id: draftId })
      if (!draft.ok) return draft
      const taken = await options.give(draft.value.id, 'computers-that-called.csv', listOf(callers.value))
      if (!taken.ok) return taken
      store.together(() => {
        for (const { guid } of callers.value)
          store.callers.change(guid, practice, { draftId: draft.value.id, ignored: false })
        store.audit.append('callers claimed', { computers: callers.value.length })
      })
      onChange()
      return taken
    },
    ignore({ guids, practice, ignored }) {
      const callers = chosen(guids, practice)
      if (!callers.ok) return callers
      store.together(() => {
        for (const { guid } of callers.value) store.callers.change(guid, practice, { ignored })
        store.audit.append('callers ignored', { computers: callers.value.length, ignored })
      })
      onChange()
      return ok({})
    },
    async close() {
      await stop()
      flush()
    }
  }
}
