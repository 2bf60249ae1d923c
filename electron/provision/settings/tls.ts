// TLS on the network ports. Turned off it takes effect at the commit: then the device is found anew, without a certificate.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { tlsSettingData } from '../../wsman/amt/tlsSettingData.ts'
import type { Instance } from '../../wsman/instance.ts'
import type { Attempt } from '../attempt.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

type TlsSettings = Instance<typeof tlsSettingData.table.properties>

/** The instance for the network; the other one is for the own host (wsman.md 3.1, step 11). */
const isRemote = ({ values }: TlsSettings): boolean => values.InstanceID.includes('802.3')

async function remote(attempt: Attempt): Promise<Result<TlsSettings>> {
  const all = await tlsSettingData.enumerate(openedDevice(attempt))
  if (!all.ok) return all
  const found = all.value.find(isRemote)
  return found
    ? ok(found)
    : fail('setting-fixed', { values: { why: 'This device has no TLS settings for the network.' } })
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const settings = await remote(attempt)
  if (!settings.ok) return settings
  const { Enabled, NonSecureConnectionsSupported } = settings.value.values
  return Enabled && NonSecureConnectionsSupported === false
    ? fail('setting-fixed', { values: { why: 'This firmware speaks TLS only, and it cannot be turned off.' } })
    : ok({ tls: false })
}

/** From the commit on there is no certificate to be recognised by; the GUID is compared again all the same. */
function releasePin({ tools, job, found }: Attempt): void {
  const { store } = tools
  const { guid, name } = job.computer
  found.moves = true
  const fingerprint = store.secrets.pin(guid)
  if (fingerprint === undefined) return
  store.together(() => {
    store.secrets.dropPin(guid)
    store.audit.append(
      'certificate released',
      { fingerprint },
      { importId: job.importId, jobId: job.id, computer: name }
    )
  })
}

export const tls = valuesSetting({
  name: 'tls',
  wanted: (profile) => profile.tls.kind !== 'keep',
  values: { tls: { title: 'TLS' } },
  want,
  async read(attempt) {
    const settings = await remote(attempt)
    return settings.ok ? ok({ tls: settings.value.values.Enabled === true }) : settings
  },
  async write(attempt, change) {
    const before = await remote(attempt)
    if (!before.ok) return before
    releasePin(attempt)
    return tlsSettingData.put(openedDevice(attempt), before.value, { Enabled: change.tls === true })
  }
})
