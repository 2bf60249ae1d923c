// A small soak: every personality, disturbed at random. `npm run test:soak` has three hundred of them.
import { expect, test } from 'vitest'
import { soak } from '../soak/soak.ts'

test('forty devices disturbed at random end done or in a named state, and none is locked out', {
  timeout: 120_000
}, async () => {
  const { ends, disturbed, wrong } = await soak(40, 7)
  expect(wrong).toEqual([])
  expect(disturbed).toBeGreaterThan(0)
  expect(ends.done).toBeGreaterThan(0)
})
