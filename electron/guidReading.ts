// GUIDs that no list told: read from the devices themselves, with one login each, and only when a person asked for it.
import type { Computer } from '../shared/computer.ts'
import type { AskOutput } from '../shared/contract.ts'
import type { Draft } from '../shared/draft.ts'
import type { Row } from '../shared/grid.ts'
import { fail, ok, type Problem, type Result } from '../shared/problem.ts'
import { maxTries } from '../shared/profile.ts'
import { planFor } from './checking.ts'
import type { Clock } from './clock.ts'
import type { Drafting } from './drafting/drafting.ts'
import type { Tools } from './provision/attempt.ts'
import type { ImportPlan } from './store/importPlan.ts'
import type { Store } from './store/store.ts'
import { generalSettings } from './wsman/amt/generalSettings.ts'
import { setupAndConfigurationService } from './wsman/amt/setupAndConfigurationService.ts'
import type { Credentials } from './wsman/client.ts'
import { findEndpoint } from './wsman/reach.ts'

export interface GuidReading {
  read(draftId: string, accountId: string): Promise<Result<AskOutput<'guids.read'>>>
}

const wholeList = { filter: 'all', search: '', sort: null } as const
const page = 500
const mostTold = 20

const isAsked = ({ values, leftOut }: Row): boolean =>
  !leftOut && values.guid === '' && (values.address !== '' || values.fqdn !== '')

const asComputer = ({ values: { name, fqdn, mac, address, amtVersion, amtStatus } }: Row): Computer => ({
  ...{ name, fqdn, mac, address, amtVersion, amtStatus, guid: '' },
  automaticPrevented: false
})

/** What a device said of itself, for the cells of its row that are blank. */
type Told = Partial<Record<'guid' | 'name' | 'fqdn' | 'amtVersion', string>>

interface Login extends Credentials {
  readonly slot: string
}

/**
 * One login at one device. Its UUID is not known yet, so the tries are counted under its address; the budget is that of a
 * take-over. Problems: tries-used-up, login-refused and those of the wire.
 */
async function ask(row: Row, login: Login, tools: Tools): Promise<Result<Told>> {
  const { store, pace, clock } = tools
  const place = tools.locate(asComputer(row))
  if (!place.ok) return place
  const { host, ports } = place.value
  const key = `at ${host}:${ports.tls ?? ports.plain ?? ''}`
  const refused = store.secrets.failedTries(key, clock.now() - pace.tryWindow)
  if (refused.length >= maxTries) {
    const next = new Date((refused.at(-maxTries)?.at ?? 0) + pace.tryWindow).toTimeString().slice(0, 5)
    return fail('tries-used-up', { values: { earlier: refused.length, next }, where: host })
  }
  const timeouts = { connect: pace.connect, firstByte: pace.answer, total: pace.answer * 2 }
  const client = await tools.authority.client('rsa')
  if (!client.ok) return client
  const tls = { client: client.value }
  const reached = await findEndpoint(host, { ports, timeouts, tls })
  if (!reached.ok) return reached
  let tryId: number | undefined
  const device = tools.openDevice({
    endpoint: reached.value.endpoint,
    credentials: login,
    timeouts,
    random: tools.random,
    tls,
    onTry: () => {
      tryId ??= store.secrets.beginTry(key, login.slot)
    }
  })
  const uuid = await setupAndConfigurationService.getUuid(device)
  const isAnswer = uuid.ok || uuid.problem.code === 'login-refused'
  if (tryId !== undefined && isAnswer) store.secrets.endTry(tryId, uuid.ok)
  const general = uuid.ok ? await generalSettings.get(device) : uuid
  device.close()
  if (!uuid.ok) return uuid
  const { HostName = '', DomainName = '' } = (general.ok ? general.value.values : undefined) ?? {}
  const fqdn = HostName !== '' && DomainName !== '' ? `${HostName}.${DomainName}`.toLowerCase() : ''
  const { amtVersion = '' } = reached.value.identity
  const told = { guid: uuid.value.guid, name: HostName, fqdn, amtVersion }
  // What the row says already was somebody's word; only blanks are filled.
  return ok(
    Object.fromEntries(
      Object.entries(told).filter(([field, text]) => text !== '' && row.values[field as keyof Told] === '')
    )
  )
}

export function guidReadingOf(options: {
  readonly store: Store
  readonly drafting: Drafting
  readonly clock: Clock
  readonly actor: string
  readonly toolsFor: (plan: ImportPlan) => Tools
  readonly ready: (practice: boolean) => Promise<void>
  readonly onBug: (error: unknown) => Problem
}): GuidReading {
  const { store, drafting, clock } = options

  async function rowsOf(draftId: string): Promise<Result<Row[]>> {
    const rows: Row[] = []
    for (let from = 0; ; from += page) {
      const read = await drafting.readRows({ draftId, view: wholeList, from, count: page })
      if (!read.ok) return read
      rows.push(...read.value.rows.filter(isAsked))
      if (from + page >= read.value.total) return ok(rows)
    }
  }

  async function loginOf(draft: Draft, accountId: string, tools: Tools): Promise<Result<Login>> {
    const account = draft.accounts.find(({ id }) => id === accountId)
    if (account?.slot === undefined) return fail('no-candidate')
    const password = await tools.vault.read(account.slot)
    return password.ok ? ok({ username: account.username, password: password.value, slot: account.slot }) : password
  }

  return {
    async read(draftId, accountId) {
      const draft = drafting.open(draftId)
      if (!draft.ok) return draft
      await options.ready(draft.value.practice)
      const tools = options.toolsFor(planFor(draft.value, '', options.actor, clock.now()))
      const login = await loginOf(draft.value, accountId, tools)
      if (!login.ok) return login
      const rows = await rowsOf(draftId)
      if (!rows.ok) return rows
      const learned: { row: number; values: Told }[] = []
      const failed: { at: string; problem: Problem }[] = []
      const waiting = [...rows.value]
      async function worker(known: Login): Promise<void> {
        for (let row = waiting.shift(); row; row = waiting.shift()) {
          const told = await ask(row, known, tools)
          if (told.ok) learned.push({ row: row.row, values: told.value })
          else failed.push({ at: row.values.fqdn || row.values.address, problem: told.problem })
        }
      }
      await Promise.all(
        Array.from({ length: Math.min(tools.pace.parallel, waiting.length) }, () => worker(login.value))
      )
      store.audit.append('guids read', {
        account: login.value.username,
        asked: rows.value.length,
        read: learned.length
      })
      const edited =
        learned.length === 0
          ? ok({ draft: draft.value })
          : await drafting.edit({ draftId, edit: { kind: 'learn', rows: learned } })
      if (!edited.ok) return edited
      const { draft: after } = edited.value
      const causes = new Map<string, number>()
      for (const { problem } of failed) causes.set(problem.title, (causes.get(problem.title) ?? 0) + 1)
      return ok({
        draft: after,
        asked: rows.value.length,
        read: learned.length,
        failed: failed.slice(0, mostTold),
        causes: [...causes].map(([title, count]) => ({ title, count }))
      })
    }
  }
}
