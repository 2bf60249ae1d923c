// The first steps with a device in set-up: let in by our certificate or by PID and PPS, who it is, in which state.
import { fail, ok, type Problem, type ProblemCode, type Result } from '../../../shared/problem.ts'
import { suffixFits } from '../../../shared/setUp.ts'
import type { Entry } from '../../setup/means.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import { findEndpoint } from '../../wsman/reach.ts'
import type { Attempt, Login, Step } from '../attempt.ts'
import { about } from '../attempt.ts'
import { findLogin, login, tryLogin } from './login.ts'
import { compareOneTimePassword } from './oneTimePassword.ts'
import { openedDevice } from './opened.ts'
import { reach, reachOptions, takeReached } from './reach.ts'
import { state } from './state.ts'

/** How a device ends a connection whose certificate it does not trust: in the handshake or right after it (TLS 1.3). */
const cutOff: readonly ProblemCode[] = ['answer-cut', 'tls-failed', 'client-certificate-refused']

/** What speaks against the certificate, as far as can be told from here. */
function refused({ job, tools }: Attempt, entry: Entry, cause: Problem): Problem {
  if (entry.kind === 'psk' || !cutOff.includes(cause.code)) return cause
  const { name, root } = entry.about
  const { fqdn } = job.computer
  const domain = fqdn.slice(fqdn.indexOf('.') + 1)
  const listed = tools.store.setUps.of(job.id)?.call?.roots ?? []
  const knows = [root.sha1, root.sha256, root.sha384].some((hash) => listed.includes(hash))
  const why = [
    listed.length === 0
      ? 'Which roots it trusts is not known.'
      : knows
        ? 'Its root is in the list that the device sent.'
        : 'Its root is not in the list that the device sent.',
    suffixFits(name, domain) === false
      ? `The domain of “${name}” is another than that of ${fqdn}.`
      : `The domain of “${name}” fits ${fqdn}; the device may have been given another one.`
  ].join(' ')
  const detail = [cause.code, cause.detail].filter((each) => each !== undefined).join(': ')
  const made = fail('set-up-refused', { values: { why }, detail, where: cause.where })
  return made.problem
}

/** A device that was set up meanwhile (by us before a kill, or by somebody) is found as any other. */
async function findProvisioned(attempt: Attempt): Promise<Result<null>> {
  delete attempt.found.entry
  return reach.makeSo(attempt)
}

async function find(attempt: Attempt): Promise<Result<null>> {
  const { tools, job, found } = attempt
  const place = tools.locate(job.computer)
  if (!place.ok) return place
  const { host, ports } = place.value
  const entry = await tools.means.entryFor(tools.store.setUps.of(job.id)?.call, job.computer.fqdn)
  if (!entry.ok) {
    // Only what we may have set up ourselves is worth a look without one.
    const again = tools.store.audit.intended(job.id) ? await findProvisioned(attempt) : entry
    return again.ok ? again : entry
  }
  if (ports.tls === undefined) return findProvisioned(attempt)
  found.entry = entry.value
  const options = await reachOptions(attempt)
  if (!options.ok) return options
  const waiting = await findEndpoint(host, { ...options.value, ports: { tls: ports.tls } })
  if (waiting.ok && waiting.value.identity.realm === undefined) return takeReached(attempt, waiting.value)
  if (!waiting.ok && waiting.problem.code === 'tls-too-old') return waiting
  const provisioned = await findProvisioned(attempt)
  if (provisioned.ok || provisioned.problem.code === 'certificate-changed') return provisioned
  if (!waiting.ok) return { ok: false, problem: refused(attempt, entry.value, waiting.problem) }
  // It let the certificate in and asks for a password all the same: unprovisioned only partially.
  found.entry = entry.value
  return takeReached(attempt, waiting.value)
}

export const reachInSetUp: Step = { ...reach, makeSo: find }

/** What MEBx and the Remote Admin Account have from the factory; that it opens a device over the network is believed. */
const factory = { username: 'admin', password: 'admin', slot: 'factory', origin: 'the account from the factory' }

/** Until a setup server changes it, admin is believed to have the MEBx password (PasswordModel): that of its USB key, or the one from the factory. */
async function firstLogin({ tools, job, found: { entry } }: Attempt): Promise<Result<Login | undefined>> {
  if (tools.store.audit.intended(job.id)) return ok(undefined)
  const slot = entry?.kind === 'psk' ? entry.mebx : undefined
  const password = slot === undefined ? ok(undefined) : await tools.vault.find(slot)
  if (!password.ok) return password
  if (slot !== undefined && password.value !== undefined)
    return ok({ username: 'admin', password: password.value, slot, origin: 'the MEBx password of its USB key' })
  return ok(tools.store.setUps.of(job.id)?.call?.configured === false ? factory : undefined)
}

/** Asked for a password: one that is known, or the one that it has before anybody set one. */
async function withPassword(attempt: Attempt): Promise<Result<null>> {
  const { found } = attempt
  const first = await firstLogin(attempt)
  if (!first.ok) return first
  if (first.value) {
    const opened = await tryLogin(attempt, first.value)
    if (opened.ok) {
      found.device = opened.value
      found.login = first.value
      return ok(null)
    }
    if (opened.problem.code !== 'login-refused') return opened
  }
  const known = await findLogin(attempt)
  return known.ok || known.problem.code !== 'no-candidate'
    ? known
    : fail('set-up-password-needed', { where: attempt.facts.endpoint })
}

async function enter(attempt: Attempt): Promise<Result<null>> {
  const { tools, found } = attempt
  const { entry, endpoint } = found
  if (!entry || !endpoint) return findLogin(attempt)
  const options = await reachOptions(attempt)
  if (!options.ok) return options
  const device = tools.openDevice({ ...options.value, endpoint, random: tools.random })
  const answer = await setupAndConfigurationService.get(device)
  if (answer.ok) {
    const origin = entry.kind === 'psk' ? `PID ${entry.psk.pid}` : `the provisioning certificate ${entry.about.name}`
    found.device = device
    found.login = { username: 'admin', password: '', slot: '', origin }
    attempt.facts = { ...attempt.facts, account: origin }
    return ok(null)
  }
  device.close()
  return answer.problem.code === 'login-needed' ? withPassword(attempt) : answer
}

export const loginInSetUp: Step = { ...login, makeSo: enter }

/** From an earlier life of the computer; nobody could show that certificate any more. */
function releasePin({ tools, job }: Attempt): void {
  const { store } = tools
  const fingerprint = store.secrets.pin(job.computer.guid)
  if (fingerprint === undefined) return
  store.together(() => {
    store.secrets.dropPin(job.computer.guid)
    store.audit.append('certificate released', { fingerprint }, about(job))
  })
}

async function read(attempt: Attempt): Promise<Result<null>> {
  const { found } = attempt
  const setup = await setupAndConfigurationService.get(openedDevice(attempt))
  if (!setup.ok) return setup
  const { ProvisioningState, ProvisioningServerOTP } = setup.value.values
  if (ProvisioningState !== 1 || !found.entry) {
    delete found.entry
    return ProvisioningState === 2
      ? state.makeSo(attempt)
      : fail('setting-up-changed', { values: { state: ProvisioningState }, where: attempt.facts.endpoint })
  }
  const compared = await compareOneTimePassword(attempt, ProvisioningServerOTP)
  if (!compared.ok) return compared
  releasePin(attempt)
  found.provisioningState = 1
  found.controlMode = 'admin'
  // The commit ends the set-up: from then on another port, another certificate, and a password.
  found.moves = true
  found.stateRead = true
  return ok(null)
}

export const stateInSetUp: Step = { ...state, makeSo: read }
