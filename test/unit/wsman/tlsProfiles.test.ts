// TLS profiles as data: what a permission opens, and the words each TLS library needs for the same thing.
import { describe, expect, it } from 'vitest'
import { permitted, tlsOptions, tlsProfiles } from '../../../electron/wsman/tlsProfiles.ts'

const [modern, middle, oldest] = tlsProfiles

describe('a permission', () => {
  it.each([
    ['modern', ['modern'], ['1.1', '1.0']],
    ['1.1', ['modern', '1.1'], ['1.0']],
    ['1.0', ['modern', '1.1', '1.0'], []]
  ] as const)('for %s opens %j and leaves %j shut', (floor, open, shut) => {
    const found = permitted(floor)
    expect(found.open.map((profile) => profile.floor)).toEqual(open)
    expect(found.shut.map((profile) => profile.floor)).toEqual(shut)
  })
})

describe('the options', () => {
  it('never go below TLS 1.2 in the modern profile, nor change its ciphers', () => {
    for (const boringSsl of [true, false]) {
      expect(modern && tlsOptions(modern, {}, boringSsl)).toEqual({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' })
    }
  })

  it('name a security level to OpenSSL, and none to BoringSSL, which throws on it', () => {
    for (const profile of [middle, oldest]) {
      if (profile === undefined) throw new Error('the test is wrong')
      for (const psk of [undefined, { pid: '4444-4444', pps: '0000-1111' }]) {
        expect(tlsOptions(profile, { psk }, false).ciphers).toContain('@SECLEVEL=0')
        expect(tlsOptions(profile, { psk }, true).ciphers ?? '').not.toContain('@')
      }
    }
  })

  it('send PID and PPS without the dashes MEBx shows, and no TLS 1.3', () => {
    const options = modern && tlsOptions(modern, { psk: { pid: '4444-4444', pps: '0000-1111' } })
    expect(options?.maxVersion).toBe('TLSv1.2')
    expect(options?.pskCallback?.(null)).toEqual({ identity: '44444444', psk: Buffer.from('00001111') })
  })
})
