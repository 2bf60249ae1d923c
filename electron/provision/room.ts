// How much room the certificate store of a device has, and how much the profile needs. Reads only.
import { ok, type Result } from '../../shared/problem.ts'
import { needsClientCertificate } from '../../shared/profile/eap.ts'
import { believedPlaces, isShort, type Room } from '../../shared/room.ts'
import { publicKeyManagementCapabilities } from '../wsman/amt/publicKeyManagementCapabilities.ts'
import type { Attempt } from './attempt.ts'
import { differencesOf } from './setting.ts'
import { storedCertificates, storedKeys } from './settings/certificateStore.ts'
import { unused } from './settings/certificates.ts'
import { fqdnOf, ownCertificate } from './settings/ownCertificate.ts'
import { tlsTooOld } from './settings/tls.ts'
import { trustedRoots } from './settings/trustedRoots.ts'
import { openedDevice } from './steps/opened.ts'

/** Trusted roots that are still to be added. */
async function rootsNeeded(attempt: Attempt): Promise<Result<number>> {
  if (!trustedRoots.wanted(attempt.plan.profile)) return ok(0)
  const missing = await differencesOf(attempt, trustedRoots)
  return missing.ok ? ok(missing.value.filter(({ will }) => will === true).length) : missing
}

/** Whether the profile gives this device a certificate: for TLS, where it may be turned on, or for 802.1X. */
export const getsCertificate = (attempt: Attempt): boolean =>
  (attempt.plan.profile.tls.kind === 'on' && tlsTooOld(attempt).ok) || needsClientCertificate(attempt.plan.profile)

/** Whether our certificate is still to be made, and whether its key is. */
async function ownNeeded(
  attempt: Attempt,
  keys: ReadonlySet<string>
): Promise<Result<{ certificate: number; key: number }>> {
  const { tools, job } = attempt
  const none = ok({ certificate: 0, key: 0 })
  if (!getsCertificate(attempt)) return none
  const fqdn = await fqdnOf(attempt)
  // Without a name there will be no certificate either, and that is told where it is made.
  if (!fqdn.ok) return fqdn.problem.code === 'setting-fixed' ? none : fqdn
  const there = await ownCertificate(attempt, fqdn.value)
  if (!there.ok || there.value) return there.ok ? none : there
  const begun = tools.store.certificates.request(job.computer.guid)?.key
  return ok({ certificate: 1, key: typeof begun === 'string' && keys.has(begun) ? 0 : 1 })
}

/** Roots the firmware takes; null where it does not say. */
async function rootsTold(attempt: Attempt): Promise<Result<number | null>> {
  const found = await publicKeyManagementCapabilities.enumerate(openedDevice(attempt))
  if (!found.ok) return ['class-missing', 'soap-fault'].includes(found.problem.code) ? ok(null) : found
  return ok(found.value[0]?.values.RootCertMaxCount ?? null)
}

/** The room, and how much of it would be free without what nothing uses now. */
export interface RoomFound {
  readonly room: Room
  readonly freeable: { readonly certificates: number; readonly roots: number; readonly keys: number }
}

export async function roomOf(attempt: Attempt): Promise<Result<RoomFound>> {
  const device = openedDevice(attempt)
  const all = await storedCertificates(device)
  if (!all.ok) return all
  const keys = await storedKeys(device)
  if (!keys.ok) return keys
  const told = await rootsTold(attempt)
  if (!told.ok) return told
  const roots = await rootsNeeded(attempt)
  if (!roots.ok) return roots
  const own = await ownNeeded(attempt, new Set(keys.value.map(({ fingerprint }) => fingerprint)))
  if (!own.ok) return own
  const believed = { told: false }
  const room: Room = {
    certificates: {
      held: all.value.length,
      most: believedPlaces.certificates,
      ...believed,
      needed: roots.value + own.value.certificate
    },
    roots: {
      held: all.value.filter(({ isRoot }) => isRoot).length,
      most: told.value,
      told: told.value !== null,
      needed: roots.value
    },
    keys: { held: keys.value.length, most: believedPlaces.keys, ...believed, needed: own.value.key },
    removable: []
  }
  // What nothing uses is asked for only where it would help: it takes many questions.
  if (!isShort(room)) return ok({ room, freeable: { certificates: 0, roots: 0, keys: 0 } })
  const free = await unused(attempt, true)
  if (!free.ok) return free
  const ids = new Set(free.value.certificates.map(({ id }) => id))
  return ok({
    room: { ...room, removable: free.value.certificates.map(({ words }) => words) },
    freeable: {
      certificates: ids.size,
      roots: all.value.filter(({ id, isRoot }) => isRoot && ids.has(id)).length,
      keys: free.value.keys.length
    }
  })
}
