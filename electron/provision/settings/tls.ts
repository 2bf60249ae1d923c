// TLS on the network ports. It takes effect at the commit: then the device is found anew, by the certificate it then shows.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { tlsSettingData } from '../../wsman/amt/tlsSettingData.ts'
import type { Device } from '../../wsman/client.ts'
import type { Instance } from '../../wsman/instance.ts'
import type { Attempt } from '../attempt.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { shownCertificate } from './certificateStore.ts'

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

/** AMT before 12 speaks TLS 1.1 at most (Intel's security considerations). */
const firstModern = 12

/** Turned on where we may not speak it, TLS would lock us out. */
export function tlsTooOld({ tools, job, found, facts }: Attempt): Result<null> {
  const isOld = Number.parseInt(facts.amtVersion ?? '', 10) < firstModern
  if (!isOld || found.endpoint?.tls === true || tools.store.secrets.tlsFloor(job.computer.guid)) return ok(null)
  return fail('setting-fixed', {
    values: { why: `AMT ${facts.amtVersion} speaks TLS 1.1 at most, and nobody permitted that for this computer.` }
  })
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { tls: wanted } = attempt.plan.profile
  const settings = await remote(attempt)
  if (!settings.ok) return settings
  const { Enabled, NonSecureConnectionsSupported } = settings.value.values
  if (wanted.kind === 'on') {
    const speaks = tlsTooOld(attempt)
    if (!speaks.ok) return speaks
    const { mutual, plain } = wanted
    // An old manager's list of names would keep our own certificate out.
    const open = { plain: plain && NonSecureConnectionsSupported !== false }
    return ok({ tls: true, mutual, ...open, ...(mutual && { names: [] }) })
  }
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

/** From the commit on the device shows the certificate that is chosen now, and no other is trusted on the way. */
async function expectShown({ found }: Attempt, device: Device): Promise<Result<null>> {
  const shown = await shownCertificate(device)
  if (!shown.ok) return shown
  found.moves = true
  if (shown.value) found.expects = shown.value.fingerprint
  return ok(null)
}

async function write(attempt: Attempt, { tls: on, mutual, plain, names }: Wanted): Promise<Result<unknown>> {
  const device = openedDevice(attempt)
  const before = await remote(attempt)
  if (!before.ok) return before
  if (on === false) releasePin(attempt)
  if (on === true) {
    const expected = await expectShown(attempt, device)
    if (!expected.ok) return expected
  }
  return tlsSettingData.put(device, before.value, {
    ...(typeof on === 'boolean' && { Enabled: on }),
    ...(typeof mutual === 'boolean' && { MutualAuthentication: mutual }),
    ...(typeof plain === 'boolean' && { AcceptNonSecureConnections: plain }),
    ...(Array.isArray(names) && { TrustedCN: names.map(String) })
  })
}

export const tls = valuesSetting({
  name: 'tls',
  wanted: (profile) => profile.tls.kind !== 'keep',
  values: {
    tls: { title: 'TLS' },
    mutual: { title: 'Mutual TLS' },
    plain: { title: 'Open port beside TLS' },
    names: { title: 'Names let in by mutual TLS' }
  },
  want,
  async read(attempt) {
    const settings = await remote(attempt)
    if (!settings.ok) return settings
    const { Enabled, MutualAuthentication, AcceptNonSecureConnections, TrustedCN } = settings.value.values
    return ok({
      tls: Enabled === true,
      mutual: MutualAuthentication === true,
      plain: AcceptNonSecureConnections === true,
      names: [...TrustedCN]
    })
  },
  write
})
