// Changes as a job carries them: noted before, proved after, merged over attempts, put back.
import { expect, test } from 'vitest'
import {
  changesSchema,
  changeWords,
  type Difference,
  noted,
  proved,
  revertible,
  standing
} from '../../../shared/change.ts'

const host = (was: string, will: string): Difference => ({
  step: 'names',
  key: 'HostName',
  setting: 'Host name',
  from: was,
  to: will,
  was,
  will,
  reversible: true
})

test('a value changed twice keeps what it was at first; one that comes back is no change', () => {
  const first = proved(noted([], [host('a', 'b')]), 'names')
  expect(noted(first, [host('b', 'c')])).toMatchObject([{ from: 'a', to: 'c', was: 'a', will: 'c', proved: false }])
  expect(noted(first, [host('b', 'a')])).toEqual([])
})

test('one that was put back and is changed again begins anew', () => {
  const back = proved(noted([], [host('a', 'b')]), 'names').map((each) => ({ ...each, undoneAt: 5 }))
  expect(noted(back, [host('z', 'c')])).toMatchObject([{ from: 'z', to: 'c', proved: false }])
  expect(noted(back, [host('z', 'c')])[0]?.undoneAt).toBeUndefined()
})

test('only what was read back stands; only what is reversible and not yet back can be put back', () => {
  const sent = noted([], [host('a', 'b')])
  expect(standing(sent)).toEqual([])
  expect(revertible(sent)).toHaveLength(1)
  const made = proved(sent, 'names')
  expect(standing(made)).toHaveLength(1)
  const back = made.map((each) => ({ ...each, undoneAt: 5 }))
  expect([...standing(back), ...revertible(back)]).toEqual([])
  expect(revertible(made.map((each) => ({ ...each, reversible: false })))).toEqual([])
})

test('sentences of earlier versions are still read', () => {
  const [old] = changesSchema.parse(['Host name and domain: x → y'])
  expect(old && changeWords(old)).toBe('Host name and domain: x → y')
  expect(old).toMatchObject({ reversible: false, proved: true })
  expect(old?.why).toContain('earlier version')
})
