// setup.bin: the bytes that are documented, everything back as it went in, and nothing but a Problem for what is no such file.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { meansOf } from '../../../electron/setup/means.ts'
import { carries, isUsbKey, readUsbKey, type UsbRecord, usbKeyBytes } from '../../../electron/setup/usbKey.ts'
import { pairsInFile, wishedPairs } from '../../../electron/setup/usbWish.ts'
import { openStore } from '../../../electron/store/store.ts'
import { vaultOf } from '../../../electron/vault.ts'
import { checkLetter, hasCheckLetters } from '../../../shared/setUp.ts'
import { type UsbVersion, type UsbWish, usbVersions } from '../../../shared/usbKey.ts'
import { benchKeychain, value } from '../../bench.ts'

// The example of the Implementation and Reference Guide, "PID-PPS Checksum".
const example = { pid: '0000037M', pps: 'NKLDG5DCRRNQE9YZZIJL7LFLVJED69XJ' }
const record: UsbRecord = { currentPassword: 'admin', newPassword: 'Bench-Safe7!', ...example }
const random = (count: number) => new Uint8Array(randomBytes(count))

describe('check letters', () => {
  test('are those of the published example', () => {
    expect([checkLetter('0000037'), checkLetter('NKL')]).toEqual(['M', 'D'])
    expect(hasCheckLetters(example)).toBe(true)
    expect(hasCheckLetters({ ...example, pid: '0000037N' })).toBe(false)
    expect(hasCheckLetters({ ...example, pps: example.pps.replace('9', '8') })).toBe(false)
  })
})

describe('what is written', () => {
  test('has the documented header, and a record of one sector for each computer', () => {
    const bytes = Buffer.from(usbKeyBytes('1', false, [record, record, record]))
    expect(bytes.length).toBe(4 * 512)
    expect(bytes.toString('hex', 0, 16)).toBe('b516fb7187cbf94ab441ca7b383578f9')
    expect(bytes.toString('hex', 16, 46)).toBe(
      [
        '0100',
        '2e00',
        '00000000',
        '01',
        '00',
        '0000',
        '03000000',
        '00000000',
        '0100',
        '0000',
        '0100',
        '0200',
        '0000'
      ].join('')
    )
    const second = bytes.subarray(2 * 512, 3 * 512)
    expect(second.toString('hex', 0, 24)).toBe('0100000001000000000000000000000001001800' + '02000000')
    // Module 1, variable 1, five letters, filled up to eight.
    expect(second.toString('hex', 24, 40)).toBe('0100010005000000' + '61646d696e000000')
  })

  test('goes into a second sector when it must, and then every record does', () => {
    const long = { ...record, pkiDnsSuffix: `${'a'.repeat(250)}.test`, serverFqdn: `${'b'.repeat(250)}.test` }
    const bytes = usbKeyBytes('3', true, [long, record])
    expect(bytes.length).toBe(5 * 512)
    expect(value(readUsbKey(bytes)).records.map((each) => each.record)).toEqual([long, record])
  })

  test('carries nothing that the format does not know', () => {
    expect(carries('1', record)).toBe(true)
    expect(carries('1', { ...record, pkiDnsSuffix: 'corp.example' })).toBe(false)
    expect(carries('2.1', { ...record, provisioning: 1 })).toBe(false)
    expect(carries('4', { ...record, provisioning: 1 })).toBe(true)
  })
})

const printable = (most: number) =>
  fc.string({
    minLength: 1,
    maxLength: most,
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c))
  })
const records = fc.array(
  fc.record(
    {
      currentPassword: printable(32),
      newPassword: printable(32),
      manageability: fc.integer({ min: 0, max: 255 }),
      pid: printable(9),
      pps: printable(39),
      pkiDnsSuffix: printable(255),
      serverFqdn: printable(255),
      remoteConfiguration: fc.integer({ min: 0, max: 1 }),
      provisioning: fc.integer({ min: 0, max: 1 })
    },
    { requiredKeys: [] }
  ),
  { minLength: 1, maxLength: 5 }
)

describe('what is read', () => {
  test('is what was written, in every format', () => {
    fc.assert(
      fc.property(fc.constantFrom(...usbVersions), fc.boolean(), records, (version, again, list) => {
        const reusable = again && version !== '1'
        const read = value(readUsbKey(usbKeyBytes(version, reusable, list)))
        expect(read).toEqual({
          version,
          reusable,
          records: list.map((each) => ({ used: false, record: each, others: 0 }))
        })
      }),
      { numRuns: 200 }
    )
  })

  test('a changed byte, a cut or a longer file never throws, and no secret is told', () => {
    const bytes = usbKeyBytes('2', false, [record, record])
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(bytes.length), (at, by, cut) => {
        const changed = Uint8Array.from(bytes)
        changed[at] = ((changed[at] ?? 0) + by) & 0xff
        const [read, short] = [readUsbKey(changed), readUsbKey(changed.subarray(0, cut))]
        if (cut < bytes.length) expect(short.ok).toBe(false)
        expect(readUsbKey(Buffer.concat([changed, Buffer.alloc(100)])).ok).toBe(false)
        if (!read.ok) expect(JSON.stringify(read)).not.toMatch(/Bench|NKLD|037M/)
      }),
      { numRuns: 400 }
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => !readUsbKey(noise).ok))
  })

  const changed = (version: UsbVersion, change: (bytes: Buffer) => void): Uint8Array => {
    const bytes = Buffer.from(usbKeyBytes(version, false, [record, record]))
    change(bytes)
    return bytes
  }
  test.each<readonly [string, Uint8Array]>([
    ['the identifier of another format', changed('1', (b) => b.writeUInt8(2, 24))],
    ['a mark that format 1 does not have', changed('1', (b) => b.writeUInt16LE(1, 26))],
    ['an unknown mark', changed('3', (b) => b.writeUInt16LE(2, 26))],
    ['more records used than there are', changed('1', (b) => b.writeUInt32LE(3, 32))],
    ['more records than sectors', changed('1', (b) => b.writeUInt32LE(3, 28))],
    ['no sector a record', changed('1', (b) => b.writeUInt16LE(0, 36))],
    ['a header longer than its sector', changed('1', (b) => b.writeUInt16LE(513, 18))],
    ['a record of another length', changed('1', (b) => b.writeUInt16LE(2, 512 + 16))],
    ['a setting that leaves its record', changed('1', (b) => b.writeUInt16LE(600, 512 + 24 + 4))],
    ['a setting twice', changed('1', (b) => b.writeUInt16LE(1, 512 + 24 + 16 + 2))],
    ['a letter that cannot be printed', changed('1', (b) => b.writeUInt8(7, 512 + 24 + 8))],
    ['something behind the end', changed('1', (b) => b.writeUInt8(7, 1023))]
  ])('%s is refused', (_, bytes) => {
    expect(readUsbKey(bytes)).toMatchObject({ ok: false, problem: { code: 'usb-key-unreadable' } })
  })

  test('records that BIOS has given out, scrambled ones, and settings of others', () => {
    const erased = changed('2', (b) => {
      b.fill(0, 512, 1024)
      b.writeUInt32LE(1, 32)
    })
    expect(value(readUsbKey(erased)).records.map(({ used }) => used)).toEqual([true, false])
    const invalid = changed('2', (b) => b.writeUInt32LE(0, 512 + 4))
    expect(value(readUsbKey(invalid)).records[0]).toEqual({ used: true, record, others: 0 })
    const scrambled = changed('3', (b) => {
      b.writeUInt32LE(3, 512 + 4)
      for (let at = 512 + 24; at < 1024; at++) b.writeUInt8((b.readUInt8(at) + 17) & 0xff, at)
    })
    expect(value(readUsbKey(scrambled)).records[0]).toEqual({ used: false, record, others: 0 })
    const other = changed('3', (b) => b.writeUInt16LE(25, 512 + 24 + 2))
    expect(value(readUsbKey(other)).records[0]).toMatchObject({ used: false, others: 1 })
  })
})

describe('a wish', () => {
  const pairs: UsbWish = { version: '1', current: 'admin', content: { kind: 'pairs', count: 3, password: null } }

  test.each<readonly [string, UsbWish, string]>([
    ['a weak password', { ...pairs, content: { kind: 'pairs', count: 1, password: 'weak' } }, 'upper-case'],
    [
      'the same password again',
      { ...pairs, current: 'Bench-Safe7!', content: { kind: 'pairs', count: 1, password: 'Bench-Safe7!' } },
      'present one'
    ],
    ['no kept pair', { ...pairs, content: { kind: 'pairs', count: null, password: null } }, 'No pair']
  ])('%s is refused', (_, wish, words) => {
    const made = wishedPairs(wish, [], random)
    expect(made.ok).toBe(false)
    expect(JSON.stringify(made)).toContain(words)
    expect(JSON.stringify(made)).not.toContain('Bench-Safe7!')
  })

  const folder = mkdtempSync(join(tmpdir(), 'amt-usb-key-'))
  const store = value(openStore({ folder, actor: 'test', now: Date.now }))
  afterAll(() => {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const keychain = benchKeychain()
  const vault = vaultOf(keychain, { kind: 'keychain', words: '' })
  const means = meansOf({ store, vault, practice: false, now: Date.now, random })

  test('is in the keychain before there are bytes, and a list of pairs again when the key is read', async () => {
    keychain.before = (call) => {
      if (call === 'set') throw new Error('locked')
    }
    expect(await means.makeUsbKey(pairs)).toMatchObject({ ok: false })
    expect(store.setUps.usbKeys(false)).toEqual([])
    keychain.before = () => undefined

    const { bytes, computers, leftOut } = value(await means.makeUsbKey(pairs))
    expect([computers, leftOut, isUsbKey(bytes)]).toEqual([3, 0, true])
    const read = value(readUsbKey(bytes)).records.map((each) => each.record)
    expect(new Set(read.map(({ newPassword }) => newPassword)).size).toBe(3)
    const held = new Set(keychain.secrets.values())
    for (const { pid = '', pps = '', newPassword = '', currentPassword } of read) {
      expect([currentPassword, hasCheckLetters({ pid, pps }), held.has(pps), held.has(newPassword)]).toEqual([
        'admin',
        true,
        true,
        true
      ])
    }
    expect(value(pairsInFile(bytes)).map(({ pid }) => pid)).toEqual(read.map(({ pid }) => pid))
    expect(value(await means.all()).usbKeys).toMatchObject([{ version: '1', computers: 3 }])

    // The same pairs on a second key: a computer may have had the first, so its password stays.
    const typed = { kind: 'pairs', count: null, password: 'Other-Safe8!' } as const
    const again = value(await means.makeUsbKey({ ...pairs, content: typed }))
    const passwords = (each: readonly UsbRecord[]) => each.map(({ newPassword }) => newPassword).sort()
    expect(passwords(value(readUsbKey(again.bytes)).records.map((each) => each.record))).toEqual(passwords(read))

    // A pair of a list without check letters stays at home.
    value(await means.importPairs(Buffer.from(`40000000,${'ABCD'.repeat(8)}`), 'list.csv'))
    expect(value(await means.makeUsbKey({ ...pairs, content: typed }))).toMatchObject({ computers: 3, leftOut: 1 })
    const gone = value(await means.all()).pairs.map(({ pid }) => pid)
    value(await means.forgetPairs(gone))
    expect([...keychain.secrets.keys()].filter((slot) => slot.includes('/psk/'))).toEqual([])
  })

  test('somebody else’s key is taken in with the MEBx passwords on it', async () => {
    value(await means.importPairs(usbKeyBytes('2', false, [record]), 'setup.bin'))
    expect(value(await means.pairsWithKeys())).toEqual([{ ...example, mebx: 'Bench-Safe7!' }])
    expect(await means.importPairs(usbKeyBytes('2', true, [{ newPassword: 'x' }]), 'setup.bin')).toMatchObject({
      problem: { code: 'usb-key-unreadable' }
    })
  })

  test('one record for all, set up by certificate: from format 2 on, and never used up', async () => {
    const content = { kind: 'certificate', password: 'Bench-Safe7!', suffix: 'corp.example', server: '' } as const
    expect(await means.makeUsbKey({ ...pairs, content })).toMatchObject({ problem: { code: 'usb-key-impossible' } })
    for (const version of ['2', '3'] as const) {
      const { bytes, computers } = value(await means.makeUsbKey({ ...pairs, version, content }))
      const key = value(readUsbKey(bytes))
      expect([computers, key.reusable, key.records.length]).toEqual([null, true, 1])
      expect(key.records[0]?.record).toEqual({
        ...{ currentPassword: 'admin', newPassword: 'Bench-Safe7!' },
        ...{ pkiDnsSuffix: 'corp.example', remoteConfiguration: 1, ...(version === '3' && { provisioning: 1 }) }
      })
    }
    const made = value(await means.all()).usbKeys.filter(({ computers }) => computers === null)
    expect(made).toHaveLength(2)
    expect([...keychain.secrets.keys()].filter((slot) => slot.includes('/usb-key/'))).toHaveLength(2)
    for (const { id } of made) value(await means.forgetUsbKey(id))
    expect([...keychain.secrets.keys()].filter((slot) => slot.includes('/usb-key/'))).toEqual([])
  })
})
