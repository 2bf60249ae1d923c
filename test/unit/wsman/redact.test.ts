// No secret is left: by the name of its element in whatever condition the body is, and by its value in every form.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classes } from '../../../electron/wsman/classes.ts'
import { formsOf, isSecretName, redactText, redactValue, struckOut } from '../../../electron/wsman/redact.ts'

const secret = 'Geheim1!'

describe('by name', () => {
  it.each([
    `<h:Password>${secret}</h:Password>`,
    `<Password>${secret}</Password>`,
    `<r:DigestPassword xmlns:r="urn:x" a='1'>${secret}</r:DigestPassword>`,
    `<q:PSKPassPhrase><![CDATA[<${secret}>]]></q:PSKPassPhrase>`,
    `<h:RFBPassword>${secret}`,
    `<h:MasterKey>a ${secret} b</h:MasterKey>`,
    `<h:PASSWORD>${secret}</h:PASSWORD>`,
    `{"Password":"${secret}","other":1}`,
    `{"Keys":["${secret}","${secret}"]}`,
    `{"body":"<h:NetworkAdminPassword>${secret}</h:NetworkAdminPassword>"}`,
    `{"OptInCode": "${secret}`
  ])('is struck out of %s', (text) => {
    const clean = redactText(text)
    expect(clean).not.toContain(secret)
    expect(clean).toContain(struckOut)
  })

  it('leaves all else as it is', () => {
    const text = '<h:PasswordModel>1</h:PasswordModel><h:UserName>admin</h:UserName>{"HostName":"a","Password":""}'
    expect(redactText(text)).toBe(text)
  })

  it('goes through values, and leaves an empty one', () => {
    expect(
      redactValue({ a: [{ RFBPassword: secret, Name: 'n' }], Secret: { deep: secret }, PPS: '', none: undefined })
    ).toEqual({ a: [{ RFBPassword: struckOut, Name: 'n' }], Secret: struckOut, PPS: '', none: undefined })
  })

  it('knows every property and input that sounds like a secret', () => {
    const names = [...classes.values()].flatMap(({ table }) => [
      ...Object.keys(table.properties),
      ...Object.values(table.methods ?? {}).flatMap(({ input = {}, output = {} }) =>
        Object.keys({ ...input, ...output })
      )
    ])
    const harmless = [
      'NetAdminPassEncryptionType',
      'PasswordModel',
      'UserPasswordBypass',
      'DERKey',
      'KeyIndex',
      'KeyPair'
    ]
    const more = [
      'KeyAlgorithm',
      'KeyLength',
      'KeyVersion',
      'KeyboardLock',
      'LockKeyboard',
      'CreatedKey',
      'OptInCodeTimeout'
    ]
    const suspicious = names.filter((name) => /pass|secret|otp$|psk|pps|key|code$|credential$/i.test(name))
    const open = suspicious.filter((name) => !isSecretName(name) && ![...harmless, ...more].includes(name))
    expect([...new Set(open)].sort()).toEqual(['CACredential', 'ClientCredential', 'SupportedKeyLengths'])
  })

  it('takes any text in its time', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '</',
      'h:Password',
      'Password',
      '"',
      ':',
      '[',
      '<![CDATA[',
      ']]>',
      ' ',
      'x',
      '\\'
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 200 }), (some) => {
        expect(typeof redactText(some.join(''))).toBe('string')
      })
    )
    expect(redactText('<Password>'.repeat(20_000)).length).toBeGreaterThan(0)
    expect(redactText('"Password":['.repeat(20_000)).length).toBeGreaterThan(0)
  })
})

describe('by value', () => {
  it('has all forms, the longest first', () => {
    const forms = ['a"<&', 'a"&lt;&amp;', 'a&quot;&lt;&amp;', 'YSI8Jg==', 'a\\"<&', 'a\\"&lt;&amp;']
    expect([...formsOf('a"<&')].sort()).toEqual(forms.sort())
    expect(formsOf('a"<&').map(({ length }) => length)).toEqual([16, 12, 11, 8, 5, 4])
  })
})
