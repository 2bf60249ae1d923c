// The wanted configuration, its defaults and its sentences.
import { expect, test } from 'vitest'
import { profileSentences } from '../../../shared/profile/sentences.ts'
import { accountSchema, defaultProfile, maxTries, profileSchema } from '../../../shared/profile.ts'

test('the default is a random password, names from the row, and the clock set', () => {
  expect(profileSchema.parse(defaultProfile)).toMatchObject({
    password: { kind: 'random' },
    names: 'fqdn',
    clock: true
  })
})

test('every choice has a sentence of its own, none of them names a slot', () => {
  const passwords = [{ kind: 'random' }, { kind: 'given', slot: 'draft/1/newPassword/2' }, { kind: 'keep' }] as const
  const all = passwords.map((password) =>
    profileSentences({ ...defaultProfile, password, names: 'keep', clock: false })
  )
  expect(new Set(all.map(([first]) => first)).size).toBe(3)
  expect(JSON.stringify(all)).not.toContain('draft/')
  expect(profileSentences(defaultProfile).slice(1, 3)).not.toEqual(all[0]?.slice(1, 3))
})

test('tries stay far below the ten at which the firmware locks', () => {
  expect(maxTries).toBeLessThanOrEqual(3)
})

test('a slot is a name: no spaces, no secret-looking text, not endless', () => {
  const account = { id: 'a', username: 'admin', description: '' }
  expect(accountSchema.safeParse({ ...account, slot: 'draft/1/account/2' }).success).toBe(true)
  for (const slot of ['', 'Pa$$w0rd 1', 'a'.repeat(201)])
    expect(accountSchema.safeParse({ ...account, slot }).success).toBe(false)
  expect(accountSchema.safeParse({ ...account, username: '' }).success).toBe(false)
})
