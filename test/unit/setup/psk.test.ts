// PID and PPS: lists as people write them, and new pairs of the right letters.
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { generatedPairs, pairsIn, pairsText } from '../../../electron/setup/psk.ts'
import { dashed, readPid, readPps } from '../../../shared/setUp.ts'
import { value } from '../../bench.ts'

const pps = 'ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ01-2345'
const bare = pps.replaceAll('-', '')

describe('lists', () => {
  test.each([
    ['with dashes and titles', `PID,PPS\r\n4000-0000,${pps}\r\n`],
    ['without dashes, split by tabs', `40000000\t${bare.toLowerCase()}`],
    ['quoted, split by semicolons, with a comment', `# site\n"4000-0000";"${pps}"\n\n`]
  ])('%s', (_name, text) => {
    expect(value(pairsIn(text))).toEqual([{ pid: '40000000', pps: bare }])
  })

  test.each([
    ['a PPS of 31', `4000-0000,${bare.slice(1)}`],
    ['a PID of 9', `4000-00000,${pps}`],
    ['a letter that is none', `4000-0000,${bare.slice(1)}!`],
    ['nothing', 'PID,PPS\n'],
    ['one PID with two keys', `40000000,${bare}\n40000000,${bare.replace('A', 'B')}`]
  ])('%s is refused, and no key is quoted', (_name, text) => {
    const read = pairsIn(text)
    expect(read.ok).toBe(false)
    expect(JSON.stringify(read)).not.toContain(bare.slice(4, 12))
  })
})

test('new pairs have the right form, differ, and can be read back', () => {
  const made = generatedPairs(200, (count) => new Uint8Array(randomBytes(count)))
  expect(new Set(made.map(({ pid }) => pid)).size).toBe(200)
  expect(made.every((pair) => readPid(pair.pid) === pair.pid && readPps(pair.pps) === pair.pps)).toBe(true)
  expect(value(pairsIn(pairsText(made)))).toEqual(made)
  expect(dashed('40000000')).toBe('4000-0000')
  const used = new Set(made.map((pair) => pair.pps).join(''))
  expect(used.size).toBe(36)
})
