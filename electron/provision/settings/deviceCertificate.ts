// The certificate that TLS shows: ours is chosen, made first where it is not there.
import type { Difference } from '../../../shared/change.ts'
import { ok, type Result } from '../../../shared/problem.ts'
import { tlsCredentialContext } from '../../wsman/amt/tlsCredentialContext.ts'
import type { Device } from '../../wsman/client.ts'
import type { Attempt } from '../attempt.ts'
import type { Setting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { type StoredCertificate, shownCertificate } from './certificateStore.ts'
import { at, fits, fqdnOf, inStore, signedWords } from './ownCertificate.ts'
import { tlsTooOld } from './tls.ts'

async function look(attempt: Attempt): Promise<Result<readonly Difference[]>> {
  const { found } = attempt
  const fqdn = await fqdnOf(attempt)
  if (!fqdn.ok) return fqdn
  const shown = await shownCertificate(openedDevice(attempt))
  if (!shown.ok) return shown
  if (shown.value && fits(attempt, shown.value, fqdn.value)) {
    // Perhaps not committed yet: a kill may have come between.
    found.expects = shown.value.fingerprint
    if (found.endpoint?.pin !== found.expects) found.moves = true
    return ok([])
  }
  const from = shown.value?.subject ?? 'none'
  const why = 'Whoever trusted the former certificate cannot be told that it is valid again.'
  const words = { setting: 'Certificate of the device', from, to: signedWords(attempt, fqdn.value) }
  return ok([{ step: 'deviceCertificate', key: 'certificate', ...words, reversible: false, why }])
}

/** Chooses the certificate that TLS shows from the next commit on. */
async function choose(device: Device, { id }: StoredCertificate): Promise<Result<unknown>> {
  const contexts = await tlsCredentialContext.enumerate(device)
  if (!contexts.ok) return contexts
  const ElementInContext = at('AMT_PublicKeyCertificate', { InstanceID: id })
  const [known] = contexts.value
  if (known) return tlsCredentialContext.put(device, known, { ElementInContext })
  // Clients name it so; the device itself tells it with one more space (wsman.md 2).
  const ElementName = 'TLSProtocolEndpointInstances Collection'
  const ElementProvidingContext = at('AMT_TLSProtocolEndpointCollection', { ElementName })
  return tlsCredentialContext.create(device, { ElementInContext, ElementProvidingContext })
}

async function make(attempt: Attempt): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const fqdn = await fqdnOf(attempt)
  if (!fqdn.ok) return fqdn
  const certificate = await inStore(attempt, fqdn.value)
  if (!certificate.ok) return certificate
  const chosen = await choose(device, certificate.value)
  return chosen.ok ? ok(null) : chosen
}

export const deviceCertificate: Setting = {
  name: 'deviceCertificate',
  wanted: ({ tls }) => tls.kind === 'on',
  async want(attempt) {
    const speaks = tlsTooOld(attempt)
    return speaks.ok ? ok({ certificate: true }) : speaks
  },
  look,
  make
}
