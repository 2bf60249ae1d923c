// The kinds of audit entries and what each must carry.
import { expect, test } from 'vitest'
import { auditEntrySchema, auditKinds } from '../../../shared/audit.ts'

test('no kind carries a field that could hold a secret', () => {
  for (const [kind, schema] of Object.entries(auditKinds)) {
    for (const field of Object.keys(schema.shape)) expect(field, kind).not.toMatch(/password|secret|credential/i)
  }
})

test('an entry of an unknown kind is not read', () => {
  const entry = {
    seq: 1,
    at: 1,
    actor: 'a',
    kind: 'import paused',
    importId: null,
    jobId: null,
    computer: null,
    body: {},
    hash: ''
  }
  expect(auditEntrySchema.safeParse(entry).success).toBe(true)
  expect(auditEntrySchema.safeParse({ ...entry, kind: 'coffee made' }).success).toBe(false)
})
