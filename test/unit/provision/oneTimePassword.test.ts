// One-time passwords: what a row may say, and what of it a device means.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitsOneTimePassword } from '../../../electron/provision/steps/oneTimePassword.ts'
import { checkPassword } from '../../../shared/password.ts'
import { knownTitle } from '../../../shared/titles.ts'

const padded = (text: string | Uint8Array): Uint8Array => {
  const told = Buffer.alloc(32)
  Buffer.from(text).copy(told)
  return told
}
const hash = (kind: string, text: string): Buffer => createHash(kind).update(text).digest()

test('the password, or its hash, fits with and without the zeros behind it; nothing else does', () => {
  const one = fc.string({ minLength: 8, maxLength: 32, unit: 'grapheme-ascii' })
  fc.assert(
    fc.property(one, one, (password, other) => {
      const told = padded(password)
      expect(fitsOneTimePassword(password, told)).toBe(true)
      expect(fitsOneTimePassword(password, Buffer.from(password))).toBe(true)
      for (const kind of ['sha1', 'sha256']) {
        expect(fitsOneTimePassword(hash(kind, password).toString('hex'), told)).toBe(true)
        // Where the agent gave the device the hash itself.
        expect(fitsOneTimePassword(hash(kind, password).toString('hex'), padded(hash(kind, password)))).toBe(true)
        if (other !== password) expect(fitsOneTimePassword(hash(kind, other).toString('hex'), told)).toBe(false)
      }
      if (other !== password) expect(fitsOneTimePassword(other, told)).toBe(false)
    })
  )
  expect(fitsOneTimePassword('', new Uint8Array(32))).toBe(false)
  expect(fitsOneTimePassword('0'.repeat(40), new Uint8Array(32))).toBe(false)
  expect(fitsOneTimePassword('0'.repeat(64), new Uint8Array(0))).toBe(false)
})

test('in a list it is taken in clear whatever the other passwords are, and refused when no device can have it', () => {
  expect(checkPassword('oneTimePassword', 'RXhhbXBsZS1Pbmx5MSE=', 'base64')).toEqual({ secret: 'RXhhbXBsZS1Pbmx5MSE=' })
  expect(checkPassword('oneTimePassword', '', 'clear')).toEqual({ secret: '' })
  expect(checkPassword('oneTimePassword', 'ab'.repeat(20), 'clear')).toEqual({ secret: 'ab'.repeat(20) })
  for (const text of ['short', 'x'.repeat(33), 'gh'.repeat(20), 'ü'.repeat(10), 'y'.repeat(5000)]) {
    const checked = checkPassword('oneTimePassword', text, 'base64')
    expect([checked.secret, checked.severity, checked.problem?.code]).toEqual(['', 'blocker', 'one-time-password-form'])
    expect(JSON.stringify(checked)).not.toContain(text)
  }
  expect(knownTitle('OTP')?.field).toBe('oneTimePassword')
  expect(knownTitle('Einmalkennwort')?.field).toBe('oneTimePassword')
})
