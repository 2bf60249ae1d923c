// 802.1X of a profile: a password goes only where the method has one.
import { expect, test } from 'vitest'
import { eapChoices, withSlot } from '../../../../shared/profile/eap.ts'
import type { Eap } from '../../../../shared/profile.ts'

const peap: Eap = { method: 'peap', username: 'amt', domain: '', serverName: '', root: '' }

test('a password that the keychain takes up late is not put on a method without one', () => {
  const methods = eapChoices.filter((method) => withSlot({ ...peap, method }, 'draft/d/wired').slot !== undefined)
  expect(methods).toEqual(['peap', 'ttls', 'gtc'])
  const byCertificate: Eap = { ...peap, method: 'tls' }
  expect(withSlot(byCertificate, 'draft/d/wired')).toEqual(byCertificate)
  expect(withSlot(peap, 'draft/d/wired')).toEqual({ ...peap, slot: 'draft/d/wired' })
})
