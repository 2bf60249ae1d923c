// Root certificates that the device shall trust: those of the profile, and with mutual TLS our own. None is removed for it.
import type { Difference } from '../../../shared/change.ts'
import { ok, type Result } from '../../../shared/problem.ts'
import type { Profile } from '../../../shared/profile.ts'
import { derOf, fingerprintOf } from '../../setup/authority.ts'
import { publicKeyCertificate } from '../../wsman/amt/publicKeyCertificate.ts'
import { publicKeyManagementService } from '../../wsman/amt/publicKeyManagementService.ts'
import type { Attempt } from '../attempt.ts'
import type { Setting, Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { type StoredCertificate, storedCertificates } from './certificateStore.ts'
import { keyKindFor } from './ownCertificate.ts'
import { tlsTooOld } from './tls.ts'

/** The own root goes by this name: a dry run tells of it before there is one. */
const own = 'own'

const isMutual = ({ tls }: Profile): boolean => tls.kind === 'on' && tls.mutual

/** The fingerprint a key stands for; the own root has none before it is made. */
function fingerprintIn(attempt: Attempt, key: string): string | undefined {
  if (key !== own) return key
  const pem = attempt.tools.authority.known(keyKindFor(attempt))
  return pem === undefined ? undefined : fingerprintOf(derOf(pem))
}

const nameOf = ({ plan }: Attempt, key: string): string =>
  key === own
    ? 'AMT Migration Wizard (its own)'
    : (plan.profile.roots.find(({ fingerprint }) => fingerprint === key)?.name ?? key.slice(0, 16))

function find(attempt: Attempt, all: readonly StoredCertificate[], key: string): StoredCertificate | undefined {
  const fingerprint = fingerprintIn(attempt, key)
  return all.find((each) => each.isRoot && each.fingerprint === fingerprint)
}

async function look(attempt: Attempt, wanted: Wanted): Promise<Result<readonly Difference[]>> {
  const all = await storedCertificates(openedDevice(attempt))
  if (!all.ok) return all
  return ok(
    Object.entries(wanted).flatMap(([key, will]): readonly Difference[] => {
      const was = find(attempt, all.value, key) !== undefined
      if (was === (will === true)) return []
      const setting = `Trusted root ${nameOf(attempt, key)}`
      const [from, to] = was ? ['trusted', 'not there'] : ['not there', 'trusted']
      return [{ step: 'trustedRoots', key, setting, from, to, was, will: will ?? null, reversible: true }]
    })
  )
}

async function pemOf(attempt: Attempt, key: string): Promise<Result<string | undefined>> {
  return key === own
    ? attempt.tools.authority.root(keyKindFor(attempt))
    : ok(attempt.plan.profile.roots.find(({ fingerprint }) => fingerprint === key)?.pem)
}

async function make(attempt: Attempt, differences: readonly Difference[]): Promise<Result<null>> {
  const device = openedDevice(attempt)
  for (const { key, will } of differences) {
    const all = await storedCertificates(device)
    if (!all.ok) return all
    const there = find(attempt, all.value, key)
    if (will !== true) {
      const gone = there ? await publicKeyCertificate.delete(device, { InstanceID: there.id }) : ok(undefined)
      if (!gone.ok) return gone
      continue
    }
    const pem = await pemOf(attempt, key)
    if (!pem.ok) return pem
    if (pem.value === undefined) continue
    const CertificateBlob = derOf(pem.value)
    const added = await publicKeyManagementService.addTrustedRootCertificate(device, { CertificateBlob })
    if (!added.ok) return added
  }
  return ok(null)
}

export const trustedRoots: Setting = {
  name: 'trustedRoots',
  wanted: (profile) => profile.roots.length > 0 || isMutual(profile),
  async want(attempt) {
    const { profile } = attempt.plan
    const given = profile.roots.map(({ fingerprint }) => [fingerprint, true] as const)
    const needsOwn = isMutual(profile) && tlsTooOld(attempt).ok
    return ok(Object.fromEntries([...given, ...(needsOwn ? [[own, true] as const] : [])]))
  },
  look,
  make
}
