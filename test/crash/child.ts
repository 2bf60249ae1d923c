// One life of the wizard for the crash test: takes one computer over and kills itself at the milestone it is told.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCore } from '../../electron/core.ts'
import { openLog } from '../../electron/log.ts'
import { outerPractice } from '../../electron/practice.ts'
import { systemKeychain, type Vault, vaultOf } from '../../electron/vault.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { profileSchema } from '../../shared/profile.ts'

const [folder = '', service = '', killAt = '0', when = 'at'] = process.argv.slice(2)
let passed = 0

/** SIGKILL: no handler, no finally, no flush; as a battery that runs out. */
function milestone(): void {
  passed += 1
  if (passed !== Number(killAt)) return
  // `during`: what begins now is on its way when the end comes.
  if (when === 'during') setImmediate(() => process.kill(process.pid, 'SIGKILL'))
  else process.kill(process.pid, 'SIGKILL')
}

/** Stands before and behind every call that changes the device, and before every question. */
const marked = (device: Device): Device => ({
  ...device,
  get: (target) => {
    milestone()
    return device.get(target)
  },
  delete: async (target) => {
    milestone()
    const answer = await device.delete(target)
    milestone()
    return answer
  },
  put: async (target, content) => {
    milestone()
    const answer = await device.put(target, content)
    milestone()
    return answer
  },
  invoke: async (target, method, content) => {
    milestone()
    const answer = await device.invoke(target, method, content)
    milestone()
    return answer
  }
})

const keychain = await systemKeychain(service)
if (!keychain.ok) throw new Error(keychain.problem.detail)
const real = vaultOf(keychain.value, { kind: 'keychain', words: '' })
const vault: Vault = {
  ...real,
  keep: async (slot, secret) => {
    milestone()
    const kept = await real.keep(slot, secret)
    milestone()
    return kept
  }
}

const opened = openCore({
  folder,
  vaults: { real: vault, practice: vault },
  log: openLog(undefined, Date.now),
  version: 'test',
  runtime: 'test',
  practice: outerPractice(readFileSync(join(folder, 'fleet.jsonl'), 'utf8')),
  openDevice: (options) => marked(openDevice(options)),
  watch: milestone
})
if (!opened.ok) throw new Error(opened.problem.title)
const core = opened.value

async function begin(): Promise<string> {
  const [before] = core.imports.all()
  if (before) return before.id
  const draft = core.drafting.all()[0] ?? (await core.beginDraft(true).then((begun) => begun.ok && begun.value))
  if (!draft) throw new Error('no draft')
  const given = await core.drafting.give(draft.id, 'one.csv', readFileSync(join(folder, 'one.csv')))
  const wanted = join(folder, 'profile.json')
  if (existsSync(wanted))
    core.drafting.change(draft.id, { profile: profileSchema.parse(JSON.parse(readFileSync(wanted, 'utf8'))) })
  const ready = await core.drafting.ready(draft.id)
  if (!given.ok || !ready.ok) throw new Error('not ready')
  const started = await core.imports.start(ready.value.draft, ready.value.computers, 'one.csv')
  if (!started.ok) throw new Error(started.problem.title)
  return started.value.id
}

const importId = await begin()
await core.goOn()
await new Promise<void>((resolve) => {
  const look = (): void => {
    if (core.imports.view(importId).state !== 'finished') return
    unhear()
    resolve()
  }
  const unhear = core.onImport(look)
  look()
})
await core.close()
process.stdout.write(`${passed}\n`)
