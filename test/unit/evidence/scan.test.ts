// A known secret is found in every form in which a program would write it, and nothing else is taken for one.
import { expect, test } from 'vitest'
import { partWithSecret } from '../../../electron/evidence/scan.ts'

const secret = 'Pa"ß&w0rd/1+x<'
const around = (inner: string | Uint8Array): Uint8Array =>
  new Uint8Array(
    Buffer.concat([Buffer.from('2026-11-23 {"x":"'), Buffer.from(inner as string), Buffer.from('"} and more')])
  )
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

test.each<readonly [string, string | Uint8Array]>([
  ['as it is', secret],
  ['base64', base64(Buffer.from(secret))],
  ['base64 of a login header', base64(Buffer.from(`admin:${secret}`))],
  ['base64 with one byte before it', base64(Buffer.from(`:${secret} tail`))],
  ['base64 with two bytes before it', base64(Buffer.from(`a:${secret}`))],
  ['UTF-16', new Uint8Array(Buffer.from(secret, 'utf16le'))],
  ['UTF-16 in base64', base64(Buffer.from(`"${secret}"`, 'utf16le'))],
  ['JSON', JSON.stringify(secret).slice(1, -1)],
  ['JSON in ASCII', 'Pa\\"\\u00df&w0rd/1+x<'],
  ['JSON in JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ['in an address', encodeURIComponent(secret)],
  ['in a form', new URLSearchParams({ p: secret }).toString().slice(2)],
  ['XML', 'Pa&quot;ß&amp;w0rd/1+x&lt;'],
  ['hex', Buffer.from(secret).toString('hex')]
])('%s', (_, form) => {
  expect(partWithSecret(new Map([['logs/diagnostic.log', around(form)]]), ['another one', secret])).toBe(
    'logs/diagnostic.log'
  )
})

test('what holds none is told from what does, and the part is named without the secret', () => {
  const parts = new Map([
    ['versions.json', around('Pa"ß&w0rd/1+y<')],
    ['problems.json', around(secret)]
  ])
  expect(partWithSecret(parts, [secret])).toBe('problems.json')
  expect(partWithSecret(new Map([['a.json', around('nothing')]]), [secret, 'abc', ''])).toBeUndefined()
  expect(partWithSecret(new Map([[`logs/${secret}`, around('')]]), [secret])).toBe('the name of a part')
})
