// Certificates and keys that nothing uses any more, and what the old manager's 802.1X left to hold them. What the factory put there,
// what TLS or 802.1X shows, and their keys stay.
import { ok, type Result } from '../../../shared/problem.ts'
import { derOf, fingerprintOf } from '../../setup/authority.ts'
import { publicKeyCertificate } from '../../wsman/amt/publicKeyCertificate.ts'
import { publicPrivateKeyPair } from '../../wsman/amt/publicPrivateKeyPair.ts'
import { tlsCredentialContext } from '../../wsman/amt/tlsCredentialContext.ts'
import { tlsSettingData } from '../../wsman/amt/tlsSettingData.ts'
import type { Device } from '../../wsman/client.ts'
import type { Selectors } from '../../wsman/schema.ts'
import type { Attempt } from '../attempt.ts'
import { type Setting, valuesSetting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { keyOf } from './certificateStore.ts'
import { type EapUse, eapUse, type LeftEap } from './leftEap.ts'

export interface Unused {
  /** Name such a certificate as what TLS shows, while TLS is off. */
  readonly contexts: readonly Selectors[]
  readonly eaps: readonly LeftEap[]
  readonly certificates: readonly { readonly id: string; readonly words: string }[]
  readonly keys: readonly string[]
}

async function inUse(device: Device, tlsIsOn: boolean, { used: byEap }: EapUse): Promise<Result<ReadonlySet<string>>> {
  const used = new Set(byEap)
  const found = tlsIsOn ? await tlsCredentialContext.enumerate(device) : ok([])
  if (!found.ok && found.problem.code !== 'class-missing') return found
  for (const { values } of found.ok ? found.value : []) used.add(String(values.ElementInContext.selectors.InstanceID))
  return ok(used)
}

/** Keys and certificates that are ours: roots the profile wants, and a key whose certificate is still to be signed. */
function ours({ tools, job, plan }: Attempt): ReadonlySet<string> {
  const request = tools.store.certificates.request(job.computer.guid)
  const own = (['rsa', 'ecc'] as const).flatMap((kind) => tools.authority.known(kind) ?? [])
  const roots = plan.profile.roots.map(({ fingerprint }) => fingerprint)
  return new Set([...roots, ...own.map((pem) => fingerprintOf(derOf(pem))), request?.key ?? ''])
}

/** `isEarly`: as long as the old manager's networks are there, all that they name counts as used. */
export async function unused(attempt: Attempt, isEarly: boolean): Promise<Result<Unused>> {
  const device = openedDevice(attempt)
  const mine = ours(attempt)
  const all = await publicKeyCertificate.enumerate(device)
  if (!all.ok) return all
  const settings = await tlsSettingData.enumerate(device)
  if (!settings.ok) return settings
  // Before the old manager's networks are gone, whatever a context names may still be in use.
  const tlsIsOn = isEarly || settings.value.some(({ values }) => values.Enabled === true)
  const eap = await eapUse(attempt, isEarly)
  if (!eap.ok) return eap
  const used = await inUse(device, tlsIsOn, eap.value)
  if (!used.ok) return used
  const shown = tlsIsOn ? ok([]) : await tlsCredentialContext.enumerate(device)
  if (!shown.ok) return shown
  // With mutual TLS the roots decide who is let in at all.
  const isMutual = settings.value.some(({ values }) => values.Enabled === true && values.MutualAuthentication === true)
  const isFree = ({ values }: (typeof all.value)[number]): boolean =>
    values.ReadOnlyCertificate !== true &&
    !used.value.has(values.InstanceID) &&
    !mine.has(fingerprintOf(values.X509Certificate ?? new Uint8Array())) &&
    !(isMutual && values.TrustedRootCertficate === true)
  const free = all.value.filter(isFree)
  const staying = all.value.filter((each) => !isFree(each)).map(({ values }) => keyOf(values.X509Certificate))
  const pairs = await publicPrivateKeyPair.enumerate(device)
  if (!pairs.ok) return pairs
  return ok({
    contexts: shown.value
      .map(({ values: { ElementInContext, ElementProvidingContext } }) => ({
        ElementInContext,
        ElementProvidingContext
      }))
      .filter(({ ElementInContext: { selectors } }) =>
        free.some(({ values }) => values.InstanceID === selectors.InstanceID)
      ),
    eaps: eap.value.left,
    certificates: free.map(({ values: { InstanceID, Subject } }) => ({ id: InstanceID, words: Subject || InstanceID })),
    keys: pairs.value
      .filter(
        ({ values: { DERKey } }) =>
          DERKey && !staying.includes(Buffer.from(DERKey).toString('base64')) && !mine.has(fingerprintOf(DERKey))
      )
      .map(({ values }) => values.InstanceID)
  })
}

async function remove(attempt: Attempt, isEarly: boolean): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const found = await unused(attempt, isEarly)
  if (!found.ok) return found
  // As long as it is named there the firmware does not let a certificate go.
  for (const context of found.value.contexts) {
    const gone = await tlsCredentialContext.delete(device, context)
    if (!gone.ok) return gone
  }
  for (const { remove: leave } of found.value.eaps) {
    const gone = await leave()
    if (!gone.ok) return gone
  }
  // Some firmware wants a key gone before its certificate, other firmware after it: what is refused first is asked again.
  const refused: string[] = []
  for (const id of found.value.keys) {
    const gone = await publicPrivateKeyPair.delete(device, { InstanceID: id })
    if (!gone.ok) refused.push(id)
  }
  for (const { id } of found.value.certificates) {
    const gone = await publicKeyCertificate.delete(device, { InstanceID: id })
    if (!gone.ok) return gone
  }
  for (const id of refused) {
    const gone = await publicPrivateKeyPair.delete(device, { InstanceID: id })
    if (!gone.ok) return gone
  }
  return ok(null)
}

const irreversible = 'Private keys cannot be read out of a device, and certificates without them are of no use.'

const clearing = (isEarly: boolean): Setting =>
  valuesSetting({
    name: 'certificates',
    wanted: ({ cleanUp }) => cleanUp === 'clear',
    values: {
      eaps: { title: 'Left-over 802.1X', irreversible: 'What it was for is gone, and its certificates with it.' },
      certificates: { title: 'Unused certificates', irreversible },
      keys: { title: 'Unused keys', irreversible }
    },
    want: () => ok({ eaps: [], certificates: [], keys: [] }),
    async read(attempt) {
      const found = await unused(attempt, isEarly)
      if (!found.ok) return found
      const { eaps, certificates: free, keys } = found.value
      return ok({ eaps: eaps.map(({ words }) => words), certificates: free.map(({ words }) => words), keys: [...keys] })
    },
    write: (attempt) => remove(attempt, isEarly)
  })

export const certificates = clearing(false)
/** The same before anything else is made, where there would be no room otherwise. */
export const certificatesFirst = clearing(true)
