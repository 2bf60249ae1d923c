import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, whyNotBase64 } from '../../../shared/base64.ts'
import { checkPassword, decodePassword, generatePassword, passwordRule } from '../../../shared/password.ts'

const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64')

describe('the AMT rule', () => {
  test.each(['P@ssw0rd', 'P@ssw0rd!P@ssw0rd!P@ssw0rd!P@ssw', 'Abc defg 1'])('%s is accepted', (text) => {
    expect(passwordRule(text)).toEqual([])
  })
  test.each([
    ['P@ssw0r', 'at least 8 characters'],
    ['P@ssw0rd!P@ssw0rd!P@ssw0rd!P@ssw0', 'at most 32 characters'],
    ['p@ssw0rd', 'an upper-case letter'],
    ['P@SSW0RD', 'a lower-case letter'],
    ['P@ssword', 'a digit'],
    ['Passw0rd_', 'a special character other than _'],
    ['P@ssw0rdé', 'only letters, digits and signs of plain ASCII'],
    ['P@ssw0rd:', 'none of : , "']
  ])('%s lacks: %s', (text, lack) => {
    expect(passwordRule(text)).toEqual([lack])
  })
})

describe('new passwords', () => {
  test('fit AMT and HP, and have no letters that are mistaken for each other', () => {
    for (let round = 0; round < 500; round++) {
      const password = generatePassword((bytes) => randomBytes(bytes))
      expect(password).toHaveLength(16)
      expect(passwordRule(password)).toEqual([])
      expect(password).not.toMatch(/[IOlo01"',<>:&_ ]/)
    }
  })

  test('favour no letter: bytes above the last full round of the alphabet are skipped', () => {
    const plain = Array.from({ length: 16 }, (_, at) => at * 4)
    const source = (all: readonly number[]) => {
      let at = 0
      return (bytes: number) => Uint8Array.from({ length: bytes }, () => all[at++ % all.length] ?? 0)
    }
    const disturbed = plain.flatMap((byte) => [byte, 255, 198 + (byte % 50)])
    expect(generatePassword(source(disturbed))).toBe(generatePassword(source(plain)))
  })

  test('a broken source of random bytes is a bug, not an endless loop', () => {
    expect(() => generatePassword((bytes) => new Uint8Array(bytes))).toThrow()
    expect(() => generatePassword((bytes) => new Uint8Array(bytes).fill(255))).toThrow()
  })
})

test('Base64 is read as strictly as it is written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(fromBase64(Buffer.from(bytes).toString('base64'))).toEqual([...bytes])
    })
  )
  for (const text of ['UEB', 'UEBz=', 'UE Bz', 'UEB=', 'UEF=', 'UEBz====']) {
    // "UEB=" leaves no spare bits; "UEF=" does.
    if (text !== 'UEB=') expect(fromBase64(text)).toBeNull()
  }
})

test('why a text is not Base64 is told without telling it', () => {
  expect(whyNotBase64('P@ssw0rd')).toContain('a sign that Base64 does not have')
  expect(whyNotBase64('geheim')).toContain('this has 6')
  expect(whyNotBase64('UEF=')).toContain('padded')
  expect(whyNotBase64(base64('\u0001\u0002\u0003'))).toContain('not text')
  expect(checkPassword('mebxPassword', 'geheim', 'base64').problem?.expected).toContain('this has 6')
})

describe('a password cell', () => {
  test('Base64 is decoded, also of UTF-16', () => {
    expect(checkPassword('mebxPassword', 'UEBzc3cwcmQh', 'base64')).toEqual({ secret: 'P@ssw0rd!' })
    expect(decodePassword(base64('P@ssw0rd!', 'utf16le'))).toEqual({ secret: 'P@ssw0rd!', utf16: true })
    const checked = checkPassword('adminPassword', base64('P@ssw0rd!', 'utf16le'), 'base64')
    expect(checked).toMatchObject({ secret: 'P@ssw0rd!', severity: 'note', problem: { code: 'password-utf16' } })
  })

  test('UTF-16 in every order, and the NUL that some tools encode behind the text', () => {
    const bytes = Buffer.from('P@ssw0rd!', 'utf16le')
    const turned = Buffer.from(bytes).swap16()
    const marked = [
      Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), turned])
    ]
    for (const form of [bytes, turned, ...marked]) {
      expect(decodePassword(form.toString('base64'))).toEqual({ secret: 'P@ssw0rd!', utf16: true })
    }
    expect(decodePassword(base64('P@ssw0rd!\0'))).toEqual({ secret: 'P@ssw0rd!', utf16: false })
    expect(decodePassword(base64('P@ssw0rd!\0', 'utf16le'))).toEqual({ secret: 'P@ssw0rd!', utf16: true })
    expect(decodePassword(base64('\0\0'))).toBeNull()
    expect(decodePassword('')).toBeNull()
  })

  test.each(['P@ssw0rd!', 'Password', 'geheim', 'abc='])('clear text %s where Base64 is due blocks', (text) => {
    const checked = checkPassword('adminPassword', text, 'base64')
    expect(checked).toMatchObject({ secret: '', severity: 'blocker', problem: { code: 'password-not-base64' } })
    expect(checked.problem?.found).toBe(`•••••••• (${text.length} characters)`)
    expect(checked.problem?.remedy).toContain('“Clear text”')
  })

  test('the factory password and an old weak one are legitimate', () => {
    expect(checkPassword('mebxPassword', base64('admin'), 'base64')).toEqual({ secret: 'admin' })
    const weak = checkPassword('adminPassword', 'geheim', 'clear')
    expect(weak).toMatchObject({ secret: 'geheim', severity: 'warning', problem: { code: 'password-rule' } })
    expect(weak.problem?.expected).toContain('a digit')
  })

  test('HP MEBx refuses more than AMT does', () => {
    expect(checkPassword('mebxPassword', 'P&ssw0rd', 'clear').problem?.code).toBe('password-oem')
    expect(checkPassword('adminPassword', 'P&ssw0rd', 'clear').problem).toBeUndefined()
  })

  test('Base64 taken for clear text is suspected', () => {
    expect(checkPassword('adminPassword', 'UEBzc3cwcmQh', 'clear').problem?.code).toBe('password-looks-base64')
  })

  test('is never shown, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('mebxPassword' as const, 'adminPassword' as const),
        fc.string({ minLength: 9, maxLength: 400 }),
        fc.constantFrom('base64' as const, 'clear' as const),
        (field, text, form) => {
          const { problem, secret } = checkPassword(field, text, form)
          const told = JSON.stringify(problem ?? '')
          expect(told).not.toContain(JSON.stringify(text).slice(1, -1))
          if (secret.length > 8) expect(told).not.toContain(JSON.stringify(secret).slice(1, -1))
        }
      )
    )
  })
})
