// One life of the wizard for the crash test: takes one computer over, or undoes that, and kills itself at the milestone it is told.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Core } from '../../electron/core.ts'
import { openLog } from '../../electron/log.ts'
import { openCore } from '../../electron/openCore.ts'
import { outerPractice } from '../../electron/practice.ts'
import { practicePace, realPace } from '../../electron/provision/attempt.ts'
import { isQuestion } from '../../electron/provision/onDisk.ts'
import { systemKeychain, type Vault, vaultOf } from '../../electron/vault.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { profileSchema } from '../../shared/profile.ts'

const [folder = '', service = '', killAt = '0', when = 'at', work = 'take over'] = process.argv.slice(2)
/** An undo is counted from its beginning, the take-over before it is not part of it. */
let counting = work !== 'undo'
let passed = 0

/** SIGKILL: no handler, no finally, no flush; as a battery that runs out. */
function milestone(): void {
  if (!counting) return
  passed += 1
  if (passed !== Number(killAt)) return
  // `during`: what begins now is on its way when the end comes.
  if (when === 'during') setImmediate(() => process.kill(process.pid, 'SIGKILL'))
  else process.kill(process.pid, 'SIGKILL')
}

/** Behind every line that is written, also in the middle of a transaction, and behind every transaction. */
function markDatabase(): void {
  const { prepare, transaction } = Database.prototype
  const isWrite = /^\s*(?:INSERT|UPDATE|DELETE)/i
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql)
    const run = statement.run.bind(statement) as (...values: unknown[]) => Database.RunResult
    if (isWrite.test(sql))
      statement.run = (...values: unknown[]) => {
        const done = run(...values)
        milestone()
        return done
      }
    return statement
  } as typeof prepare
  Database.prototype.transaction = function (this: Database.Database, write: () => unknown) {
    const made = transaction.call(this, write)
    const marked =
      (run: (...values: unknown[]) => unknown) =>
      (...values: unknown[]) => {
        const done = run(...values)
        milestone()
        return done
      }
    return Object.assign(marked(made), { immediate: marked(made.immediate) })
  } as unknown as typeof transaction
}

const around = async <T>(call: () => Promise<T>): Promise<T> => {
  milestone()
  const answer = await call()
  milestone()
  return answer
}

/**
 * Stands before and behind every call that may change the device. At a question everything is as it was behind the last
 * write, here and there: a kill would be the same once more.
 */
const marked = (device: Device): Device => ({
  ...device,
  create: (target, content) => around(() => device.create(target, content)),
  delete: (target) => around(() => device.delete(target)),
  put: (target, content) => around(() => device.put(target, content)),
  invoke: (target, method, content) =>
    isQuestion(method) ? device.invoke(target, method, content) : around(() => device.invoke(target, method, content))
})

/** Asked anew each time: a commit may have turned TLS on. */
const practice: ReturnType<typeof outerPractice> = {
  ...outerPractice(''),
  locate: (computer) => outerPractice(readFileSync(join(folder, 'fleet.jsonl'), 'utf8')).locate(computer)
}

/** A profile as the test wrote it: "typed wifi secret" stands for a secret that a person types. */
async function typed(core: Core, draftId: string, text: string): Promise<unknown> {
  let filled = text
  for (const [whole, purpose = '', secret = ''] of text.matchAll(/(?<=")typed (\w+) ([^"]+)(?=")/g)) {
    const kept = await core.drafting.keepSecret(draftId, purpose, secret)
    if (!kept.ok) throw new Error(kept.problem.title)
    filled = filled.replaceAll(whole, kept.value.slot)
  }
  return JSON.parse(filled)
}

async function begin(core: Core): Promise<string> {
  const [before] = core.imports.all()
  if (before) return before.id
  const draft = core.drafting.all()[0] ?? (await core.beginDraft(true).then((begun) => begun.ok && begun.value))
  if (!draft) throw new Error('no draft')
  const given = await core.drafting.give(draft.id, 'one.csv', readFileSync(join(folder, 'one.csv')))
  const wanted = join(folder, 'profile.json')
  if (existsSync(wanted)) {
    const profile = profileSchema.parse(await typed(core, draft.id, readFileSync(wanted, 'utf8')))
    core.drafting.change(draft.id, { profile })
  }
  const ready = await core.drafting.ready(draft.id)
  if (!given.ok || !ready.ok) throw new Error('not ready')
  const started = await core.imports.start(ready.value.draft, ready.value.computers, 'one.csv')
  if (!started.ok) throw new Error(started.problem.title)
  return started.value.id
}

const finished = (core: Core, importId: string): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (core.imports.view(importId).state !== 'finished') return
      unhear()
      resolve()
    }
    const unhear = core.onImport(look)
    look()
  })

/** One press on "put back"; once all is back there is nothing to undo any more. */
async function undo(core: Core, importId: string): Promise<void> {
  counting = true
  const [job] = core.store.jobs.of(importId)
  const done = await core.undo(importId, job?.id ?? '')
  if (!done.ok && done.problem.code !== 'nothing-to-undo') throw new Error(done.problem.code)
}

async function live(): Promise<void> {
  markDatabase()
  const keychain = await systemKeychain(service)
  if (!keychain.ok) throw new Error(keychain.problem.detail)
  const real = vaultOf(keychain.value, { kind: 'keychain', words: '' })
  const vault: Vault = {
    ...real,
    keep: (slot, secret) => around(() => real.keep(slot, secret)),
    keepMany: (...what) => around(() => real.keepMany(...what))
  }
  const opened = openCore({
    folder,
    vaults: { real: vault, practice: vault },
    log: openLog(undefined, Date.now),
    version: 'test',
    runtime: 'test',
    practice,
    // Many lives share few processors: who waits for one is no slow device.
    paces: { real: realPace, practice: { ...practicePace, connect: 10_000, answer: 30_000 } },
    openDevice: (options) => marked(openDevice(options))
  })
  if (!opened.ok) throw new Error(opened.problem.title)
  const core = opened.value
  const importId = await begin(core)
  if (work === 'retry') await core.imports.retry(importId, null)
  await core.goOn()
  await finished(core, importId)
  if (work === 'undo') await undo(core, importId)
  await core.close()
  process.stdout.write(`${passed}\n`)
}

void live()
