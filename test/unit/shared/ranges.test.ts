// Ranges as people type them: what is searched, what is left out, and why a text is refused.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressesOf, ipv4Of, mostAddresses, type Ranges, readRanges } from '../../../shared/ranges.ts'

const read = (text: string): Ranges => {
  const found = readRanges(text)
  if (!found.ok) throw new Error(found.why.map(({ why }) => why).join('; '))
  return found.value
}
const all = (text: string): string[] => [...addressesOf(read(text))]
const refused = (text: string): string => {
  const found = readRanges(text)
  return found.ok ? 'read' : found.why.map(({ why }) => why).join('; ')
}

describe('what is searched', () => {
  test('single addresses, spans, networks, IPv6 and names, in any order and none twice', () => {
    expect(all('10.0.0.3, 10.0.0.1-2;10.0.0.2\nPC-7.corp.example fd00::7')).toEqual([
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.3',
      'pc-7.corp.example',
      'fd00::7'
    ])
    expect(all('10.0.0.254 - 10.0.1.1')).toEqual(['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1'])
  })

  test('the two ends of a network are left out, and it is said', () => {
    expect(all('192.0.2.0/29')).toHaveLength(6)
    expect(read('192.0.2.0/29').notes).toEqual([
      { text: '192.0.2.0/29', why: '192.0.2.0 (the network) and 192.0.2.7 (all of it) are left out' }
    ])
    expect(all('192.0.2.4/31')).toEqual(['192.0.2.4', '192.0.2.5'])
    expect(all('192.0.2.4/32')).toEqual(['192.0.2.4'])
    expect(read('192.0.2.9/29').notes[0]?.why).toContain('read as 192.0.2.8/29')
  })

  test('addresses on the internet are counted apart', () => {
    expect(read('10.0.0.0/24').outside).toBe(0)
    expect(read('8.8.8.0/30').outside).toBe(2)
    expect(read('172.15.255.254-172.16.0.1').outside).toBe(2)
    expect(read('2001:db8::1 fd00::1 fe80::1%3').outside).toBe(1)
  })
})

test.each([
  ['', 'Type a range'],
  ['10.0.0.9-10.0.0.1', 'ends before it begins'],
  ['10.0.0.300', '255 is the highest'],
  ['10.0.0.1-300', '255 is the highest'],
  ['10.0.0.1-07', '255 is the highest'],
  ['10.0.0', '3 numbers'],
  ['10.0.0.0/33', 'from 0 to 32'],
  ['10.0.0.0/8', '65,536 are the most'],
  ['0.0.0.0/0', 'belong to no single computer'],
  ['10.0.0.0/16 10.1.0.0/16', '65,536 are the most'],
  ['224.0.0.1', 'belong to no single computer'],
  ['fd00::/64', 'more addresses than can be asked'],
  ['fd00::1-fd00::9', 'one by one'],
  ['10.0.0.*', '10.0.0.0/24'],
  ['10.0.0.1:623', 'leave it out'],
  ['http://10.0.0.1', 'path'],
  ['10.00.0.1', 'octal']
])('“%s” is refused', (text, why) => {
  expect(refused(text)).toMatch(why === 'path' ? /path|network|web address|stroke/ : why)
})

const address = fc.integer({ min: 0x0a000000, max: 0x0affffff })

test('a network has as many addresses as it should, all inside, none twice', () => {
  fc.assert(
    fc.property(address, fc.integer({ min: 20, max: 32 }), (at, length) => {
      const list = all(`${ipv4Of(at)}/${length}`)
      const size = 2 ** (32 - length)
      expect(list).toHaveLength(size <= 2 ? size : size - 2)
      expect(new Set(list).size).toBe(list.length)
      expect(read(`${ipv4Of(at)}/${length}`).count).toBe(list.length)
    }),
    { numRuns: 60 }
  )
})

test('no text is searched that was not read, and no text throws', () => {
  const typing = fc.array(fc.constantFrom(...'0123456789./-:abx, \n'), { maxLength: 40 }).map((list) => list.join(''))
  fc.assert(
    fc.property(typing, (text) => {
      const found = readRanges(text)
      if (!found.ok) {
        expect(found.why.length).toBeGreaterThan(0)
        return
      }
      expect(found.value.count).toBeLessThanOrEqual(mostAddresses)
      expect([...addressesOf(found.value)]).toHaveLength(found.value.count)
    })
  )
})
