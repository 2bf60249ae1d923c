// Root hashes by which a setup server may activate the device: those added by hand go where the profile asks for it.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { provisioningCertificateHash } from '../../wsman/amt/provisioningCertificateHash.ts'
import { setupAndConfigurationService } from '../../wsman/amt/setupAndConfigurationService.ts'
import type { Device } from '../../wsman/client.ts'
import type { Attempt } from '../attempt.ts'
import { noteLack, valuesSetting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

interface Added {
  readonly id: string
  /** "AMT root, 1f2e3d4c…": its name, and the beginning of the hash. */
  readonly words: string
}

/** Without the words of the firmware that an entry is its own, none is ever taken for added. */
async function added(device: Device): Promise<Result<readonly Added[]>> {
  const all = await provisioningCertificateHash.enumerate(device)
  if (!all.ok) return all
  return ok(
    all.value
      .filter(({ values }) => values.IsDefault === false)
      .map(({ values: { InstanceID: id, Description, ElementName, HashData = new Uint8Array() } }) => ({
        id,
        words: `${Description ?? ElementName ?? id}, ${Buffer.from(HashData).toString('hex').slice(0, 16)}…`
      }))
  )
}

/** The suffix goes with activation: the firmware changes it before only, or in MEBx (AMT SDK, CFG_SetPkiFQDNSuffix). */
async function tellSuffix(attempt: Attempt): Promise<Result<null>> {
  const setup = await setupAndConfigurationService.get(openedDevice(attempt))
  if (!setup.ok) return setup
  const { TrustedDNSSuffix: suffix = '' } = setup.value.values
  if (suffix !== '')
    noteLack(
      attempt,
      'activationHashes',
      `The PKI DNS suffix ${suffix} stays: on an activated device it can be changed in MEBx only.`
    )
  return ok(null)
}

/** Refused by the firmware, and not by a broken wire. */
const refusals = new Set(['amt-refused', 'soap-fault', 'access-denied'])

export const activationHashes = valuesSetting({
  name: 'activationHashes',
  wanted: ({ cleanUp, hashes }) => cleanUp === 'clear' && hashes === 'remove',
  values: {
    hashes: {
      title: 'Certificate hashes added by hand',
      irreversible: 'Whoever needs one adds it again in MEBx or while setting the computer up.'
    }
  },
  want: () => ok({ hashes: [] }),
  async read(attempt) {
    const found = await added(openedDevice(attempt))
    if (!found.ok) return found
    const told = await tellSuffix(attempt)
    return told.ok ? ok({ hashes: found.value.map(({ words }) => words) }) : told
  },
  async write(attempt) {
    const device = openedDevice(attempt)
    const found = await added(device)
    if (!found.ok) return found
    for (const { id, words } of found.value) {
      const gone = await provisioningCertificateHash.delete(device, { InstanceID: id })
      if (!gone.ok && refusals.has(gone.problem.code)) {
        const why = `This firmware does not let the hash ${words} be removed over the network; it can be in MEBx.`
        return fail('setting-fixed', { values: { why }, detail: gone.problem.detail })
      }
      if (!gone.ok) return gone
    }
    return ok(null)
  }
})
