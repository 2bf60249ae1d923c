// What a passphrase is worth.
import { expect, test } from 'vitest'
import { strengthOf } from '../../../shared/passphrase.ts'

test.each([
  ['', 'weak'],
  ['short1!A', 'weak'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['qwertyuiopasdfgh', 'weak'],
  ['password1234', 'weak'],
  ['secretsecretsecret', 'weak'],
  ['1234567890123', 'weak'],
  ['green river bend', 'fair'],
  ['copper lantern drifts north 7', 'strong'],
  ['kT9#vQ2m!xLp4', 'strong']
])('%j is %s', (text, strength) => {
  expect(strengthOf(text)).toBe(strength)
})
