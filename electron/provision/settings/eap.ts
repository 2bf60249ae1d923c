// 802.1X as the classes of AMT take it, on the cable and in Wi-Fi: as whom, by what, with which certificates.
import type { Value } from '../../../shared/change.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { eapTitles, hasPassword } from '../../../shared/profile/eap.ts'
import type { Eap, EapMethod } from '../../../shared/profile.ts'
import { ieee8021xCredentialContext as olderContext } from '../../wsman/amt/ieee8021xCredentialContext.ts'
import { credentialContext } from '../../wsman/cim/credentialContext.ts'
import type { Device } from '../../wsman/client.ts'
import { ieee8021xCredentialContext as newerContext } from '../../wsman/ips/ieee8021xCredentialContext.ts'
import type { Reference } from '../../wsman/schema.ts'
import type { Attempt } from '../attempt.ts'
import { openedDevice } from '../steps/opened.ts'
import { storedCertificates } from './certificateStore.ts'
import { at, fqdnOf, inStore, ownCertificate } from './ownCertificate.ts'

/**
 * AuthenticationProtocol: these are the same numbers in AMT_8021XProfile, IPS_IEEE8021xSettings and CIM_IEEE8021xSettings
 * (their class documents). EAP-FAST is not offered: it wants a credential of its own for each computer.
 */
const protocols: Readonly<Record<Exclude<EapMethod, 'fast'>, number>> = { tls: 0, ttls: 1, peap: 2, gtc: 3 }

/** ServerCertificateNameComparison: the whole name, not a suffix. */
const fullName = 0

export const protocolOf = ({ method }: Eap): number | null => (method === 'fast' ? null : protocols[method])

export const sayProtocol = (value: Value | undefined): string => {
  const known = Object.entries(protocols).find(([, number]) => number === value)
  if (known) return eapTitles[known[0] as EapMethod]
  return value === null || value === undefined ? '(none)' : `method ${value}`
}

export const userWords = (Username = '', Domain = ''): string => (Domain === '' ? Username : `${Domain}\\${Username}`)

/** Who the device says it is; by certificate and without a name given, its own name. */
async function nameOf(attempt: Attempt, { username }: Eap): Promise<Result<string>> {
  return username === '' ? fqdnOf(attempt) : ok(username)
}

/** The same in words: "corp\\amt". */
export async function userOf(attempt: Attempt, eap: Eap): Promise<Result<string>> {
  const name = await nameOf(attempt, eap)
  return name.ok ? ok(userWords(name.value, eap.domain)) : name
}

const certificateAt = (id: string): Reference => at('AMT_PublicKeyCertificate', { InstanceID: id })

/** Everything a settings object takes, and the certificates that go beside it. */
export interface EapInput {
  readonly settings: {
    readonly AuthenticationProtocol: number
    readonly Username: string
    readonly Domain: string | undefined
    readonly Password: string | undefined
    readonly RoamingIdentity: string
    readonly ServerCertificateName: string | undefined
    readonly ServerCertificateNameComparison: number | undefined
  }
  /** The root that the server's certificate must come from. */
  readonly issuer: Reference
  /** By which the device proves itself; only with EAP-TLS. */
  readonly client: Reference | undefined
}

/** Reads the password from the keychain and finds the certificates; roots and own certificate were put there before. */
export async function eapInput(attempt: Attempt, eap: Eap): Promise<Result<EapInput>> {
  const { domain, serverName, slot = '' } = eap
  const protocol = protocolOf(eap)
  if (protocol === null) return fail('setting-fixed', { values: { why: 'EAP-FAST is not something the wizard sets.' } })
  const name = await nameOf(attempt, eap)
  if (!name.ok) return name
  const password = hasPassword(eap) ? await attempt.tools.vault.read(slot) : ok(undefined)
  if (!password.ok) return password
  const all = await storedCertificates(openedDevice(attempt))
  if (!all.ok) return all
  const root = all.value.find(({ fingerprint }) => fingerprint === eap.root)
  if (!root) return fail('setting-fixed', { values: { why: 'The root certificate for 802.1X is not in this device.' } })
  const fqdn = await fqdnOf(attempt)
  if (!hasPassword(eap) && !fqdn.ok) return fqdn
  const client = hasPassword(eap) || !fqdn.ok ? ok(undefined) : await inStore(attempt, fqdn.value)
  if (!client.ok) return client
  return ok({
    settings: {
      AuthenticationProtocol: protocol,
      Username: name.value,
      Domain: domain === '' ? undefined : domain,
      Password: password.value,
      RoamingIdentity: name.value,
      ServerCertificateName: serverName === '' ? undefined : serverName,
      ServerCertificateNameComparison: serverName === '' ? undefined : fullName
    },
    issuer: certificateAt(root.id),
    client: client.value && certificateAt(client.value.id)
  })
}

const idIn = ({ selectors }: Reference): string => String(selectors.InstanceID ?? '')

/** The classes that say which certificate is used for what, each for another kind of settings. */
export const eapContexts = { older: olderContext, newer: newerContext, wifi: credentialContext } as const

export interface Context {
  readonly certificate: string
  readonly provider: Reference
  readonly of: Reference
}

/** The rows of a context class; firmware without the class has none. */
export async function contextsOf(kind: keyof typeof eapContexts, device: Device): Promise<Result<readonly Context[]>> {
  const found = await eapContexts[kind].enumerate(device)
  if (!found.ok) return found.problem.code === 'class-missing' ? ok([]) : found
  // The CIM class is asked for, and its subclasses may answer too; they are asked for by their own names.
  const own = found.value.filter(({ raw }) => kind !== 'wifi' || !/^(?:AMT_TLS|AMT_8021|IPS_8021)/.test(raw.local))
  return ok(
    own.map(({ values: { ElementInContext, ElementProvidingContext } }) => ({
      certificate: idIn(ElementInContext),
      provider: ElementProvidingContext,
      of: ElementInContext
    }))
  )
}

/** Whether these certificates are the ones the profile wants for it: the root of the server, and ours with EAP-TLS. */
export async function areChosen(attempt: Attempt, eap: Eap, ids: readonly string[]): Promise<Result<boolean>> {
  const all = await storedCertificates(openedDevice(attempt))
  if (!all.ok) return all
  if (!all.value.some(({ id, fingerprint }) => fingerprint === eap.root && ids.includes(id))) return ok(false)
  if (hasPassword(eap)) return ok(true)
  const fqdn = await fqdnOf(attempt)
  if (!fqdn.ok) return fqdn
  const own = await ownCertificate(attempt, fqdn.value)
  return own.ok ? ok(own.value !== undefined && ids.includes(own.value.id)) : own
}

export const referenceId = (reference: Reference | undefined): string[] => (reference ? [idIn(reference)] : [])
