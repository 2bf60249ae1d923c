// The certificate by which a device proves itself in 802.1X (EAP-TLS): the same one that TLS shows, made here where it is not there.
import { ok } from '../../../shared/problem.ts'
import { needsClientCertificate } from '../../../shared/profile/eap.ts'
import type { Setting } from '../setting.ts'
import { fqdnOf, inStore, ownCertificate, signedWords } from './ownCertificate.ts'

export const clientCertificate: Setting = {
  name: 'clientCertificate',
  wanted: needsClientCertificate,
  want: async () => ok({ certificate: true }),
  async look(attempt) {
    const fqdn = await fqdnOf(attempt)
    if (!fqdn.ok) return fqdn
    const there = await ownCertificate(attempt, fqdn.value)
    if (!there.ok || there.value) return there.ok ? ok([]) : there
    const to = signedWords(attempt, fqdn.value)
    const why = 'It stays in the device, where it does no harm; its key cannot be read out.'
    const words = { setting: 'Certificate for 802.1X', from: 'none', to }
    return ok([{ step: 'clientCertificate', key: 'certificate', ...words, reversible: false, why }])
  },
  async make(attempt) {
    const fqdn = await fqdnOf(attempt)
    if (!fqdn.ok) return fqdn
    const made = await inStore(attempt, fqdn.value)
    return made.ok ? ok(null) : made
  }
}
