import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64Guid, guidFromBytes, isGuid, isRawOrder, readGuid, sameGuid, swapGuid } from '../../../shared/guid.ts'

// The pair of configmgr.md 1.6: as the raw bytes stand, and as Windows prints them.
const raw = 'b6d43842-9000-753e-9406-b310eafa2b1e'
const pretty = '4238d4b6-0090-3e75-9406-b310eafa2b1e'

test('turns the byte order of the first three groups', () => {
  expect(swapGuid(raw)).toBe(pretty)
  expect(sameGuid(raw, pretty.toUpperCase())).toBe('swapped')
  expect(sameGuid(raw, raw.toUpperCase())).toBe('same')
  expect(sameGuid(raw, pretty.replace('4238', '4239'))).toBe('different')
})

test('reads 16 bytes as the BIOS table holds them', () => {
  const bytes = Uint8Array.from(raw.replaceAll('-', '').match(/../g) ?? [], (hex) => Number.parseInt(hex, 16))
  expect(guidFromBytes(bytes)).toBe(pretty)
  expect(() => guidFromBytes(bytes.subarray(1))).toThrow(RangeError)
})

test('turning twice is turning not at all; every way to write one reads the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const guid = guidFromBytes(bytes)
      expect(isGuid(guid)).toBe(true)
      expect(swapGuid(swapGuid(guid))).toBe(guid)
      expect(readGuid(`{${guid.toUpperCase()}}`)).toBe(guid)
      expect(readGuid(guid.replaceAll('-', ''))).toBe(guid)
    })
  )
})

test('Base64 of 16 bytes is the GUID that the bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(base64Guid(Buffer.from(bytes).toString('base64'))).toBe(guidFromBytes(bytes))
    })
  )
  expect(base64Guid('UEBzc3cwcmQh')).toBeNull()
})

test('Dell’s GUIDs show their byte order', () => {
  const dell = '4c4c4544-0042-3510-8051-b4c04f4a3153'
  expect([isRawOrder(dell), isRawOrder(swapGuid(dell)), isRawOrder(raw)]).toEqual([false, true, false])
})
