// Looking into a device: reads one class of a job's device with the login the keychain has, and shows it with secrets struck out.

import type { Job, JobState } from '../shared/job.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import type { Attempt, Tools } from './provision/attempt.ts'
import { tryLogin } from './provision/steps/login.ts'
import { reach } from './provision/steps/reach.ts'
import type { ImportPlan } from './store/importPlan.ts'
import { classes } from './wsman/classes.ts'
import type { Device } from './wsman/client.ts'
import { resourceUri } from './wsman/envelope.ts'
import { lookAtAll, lookAtOne } from './wsman/look.ts'
import { redactValue } from './wsman/redact.ts'

/** Names of the classes that have a table; others can be read too, as text. */
export const readableClasses: string[] = [...classes.keys()].sort()

async function read(device: Device, name: string, operation: 'get' | 'enumerate'): Promise<Result<unknown>> {
  const target = { resource: resourceUri(name) }
  if (operation === 'get') return lookAtOne(device, target)
  const seen = await lookAtAll(device, target)
  return seen.ok ? ok(seen.value.map((one) => ({ class: one.class, ...one.value }))) : seen
}

/** States in which the queue will not begin on the device by itself. */
const resting: readonly JobState[] = ['done', 'person', 'stopped']

/**
 * Only a login that was proved before is used, so that looking never costs a try that the take-over may need. Problems:
 * device-in-use while the job is at work or armed, no-candidate where no login was proved yet, and whatever the device answers.
 */
export async function explore(
  { tools, plan, job }: { readonly tools: Tools; readonly plan: ImportPlan; readonly job: Job },
  name: string,
  operation: 'get' | 'enumerate'
): Promise<Result<{ text: string }>> {
  if (!resting.includes(job.state)) return fail('device-in-use')
  const current = tools.store.secrets.of(job.computer.guid).find(({ role }) => role === 'current')
  if (!current) return fail('no-candidate')
  const password = await tools.vault.read(current.slot)
  if (!password.ok) return password
  const { signal } = new AbortController()
  const attempt: Attempt = { tools, plan, job, signal, found: {}, facts: {} }
  const reached = await reach.makeSo(attempt)
  if (!reached.ok) return reached
  const login = { ...current, password: password.value, origin: 'the password in the keychain' }
  const device = await tryLogin(attempt, login)
  if (!device.ok) return device
  const value = await read(device.value, name, operation)
  device.value.close()
  if (!value.ok) return value
  tools.store.audit.append(
    'device looked into',
    { what: `${operation === 'get' ? 'Get' : 'Enumerate'} ${name}` },
    { importId: job.importId, jobId: job.id, computer: job.computer.name }
  )
  return ok({ text: JSON.stringify(redactValue(value.value), null, 2) })
}
