// Digest against the example of RFC 7616, a value computed here step by step, and AMT's own challenge text.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type Challenge,
  offersKerberos,
  openDigest,
  passwordHash,
  readChallenge
} from '../../../electron/wsman/digest.ts'

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex')
const amt =
  'Digest realm="Digest:8FF80F01A086065136E90CD6A08EBDB1", nonce="5bOx4i4TAAAAAAAAJ0IH1EXYw408gnUk",stale="false",qop="auth"'

const answer = (challenge: Challenge, count = 1, body = '') =>
  openDigest({
    challenge,
    username: 'admin',
    password: 'P@ssw0rd',
    method: 'POST',
    uri: '/wsman'
  })({ count, cnonce: '0a4f113b', body })

describe('challenge', () => {
  it('reads AMT’s spacing', () => {
    expect(readChallenge([amt])).toEqual({
      realm: 'Digest:8FF80F01A086065136E90CD6A08EBDB1',
      nonce: '5bOx4i4TAAAAAAAAJ0IH1EXYw408gnUk',
      qop: 'auth',
      opaque: undefined,
      stale: false
    })
  })

  it.each([
    ['qop list prefers auth', 'Digest realm="r", nonce="n", qop="auth-int,auth"', { qop: 'auth' }],
    ['auth-int alone', 'Digest realm="r",nonce="n",qop="auth-int"', { qop: 'auth-int' }],
    ['no qop', 'Digest realm="r",nonce="n"', { qop: undefined }],
    ['unquoted and stale', 'digest nonce=n , realm="r" , STALE=TRUE , algorithm=MD5', { stale: true }],
    [
      'after another scheme',
      'Negotiate, Basic realm="b", Digest realm="r", nonce="n", opaque="o"',
      { opaque: 'o', realm: 'r' }
    ],
    ['escaped quotes', 'Digest realm="a\\"b, Digest x", nonce="n"', { realm: 'a"b, Digest x' }]
  ])('%s', (_, header, expected) => {
    expect(readChallenge([header])).toMatchObject(expected)
  })

  it.each([
    '',
    'Negotiate',
    'Basic realm="r"',
    'Digest realm="r"',
    'Digest realm="r",nonce="n",algorithm=SHA-256',
    'Digest realm="r",nonce="n",qop="token"'
  ])('finds nothing to answer in %j', (header) => {
    expect(readChallenge([header])).toBeUndefined()
  })

  it.each([
    [['Negotiate', amt], true],
    [['Digest realm="r", nonce="n", Negotiate'], true],
    [['negotiate oYG2MIGzoAMKAQE='], true],
    [[amt], false],
    [['Digest realm="a, Negotiate", nonce="n"'], false]
  ])('sees in %j whether Kerberos is offered', (headers, expected) => {
    expect(offersKerberos(headers)).toBe(expected)
  })

  it('looks through all headers', () => {
    expect(readChallenge(['Negotiate', amt])?.nonce).toBe('5bOx4i4TAAAAAAAAJ0IH1EXYw408gnUk')
  })
})

describe('answer', () => {
  it('is the one of RFC 7616 section 3.9.1', () => {
    const challenge = readChallenge([
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    ])
    const header =
      challenge &&
      openDigest({
        challenge,
        username: 'Mufasa',
        password: 'Circle of Life',
        method: 'GET',
        uri: '/dir/index.html'
      })({ count: 1, cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ', body: '' })
    expect(header).toContain('response="8ca523f5e9506fed4657c9700eebdbec"')
    expect(header).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"')
  })

  it('is the one computed step by step, and counts', () => {
    const challenge = readChallenge([amt])
    if (challenge === undefined) throw new Error('the test is wrong')
    const ha1 = md5(`admin:${challenge.realm}:P@ssw0rd`)
    const response = md5(`${ha1}:${challenge.nonce}:0000001a:0a4f113b:auth:${md5('POST:/wsman')}`)
    const header = answer(challenge, 26)
    expect(header).toContain(`response="${response}"`)
    expect(header).toContain('nc=0000001a')
    expect(header).not.toContain('P@ssw0rd')
  })

  it('covers auth-int and the form without qop', () => {
    const base: Challenge = { realm: 'r', nonce: 'n', qop: undefined, opaque: undefined, stale: false }
    const ha1 = md5('admin:r:P@ssw0rd')
    expect(answer(base)).toContain(`response="${md5(`${ha1}:n:${md5('POST:/wsman')}`)}"`)
    const ha2 = md5(`POST:/wsman:${md5('<é/>')}`)
    expect(answer({ ...base, qop: 'auth-int' }, 1, '<é/>')).toContain(
      `response="${md5(`${ha1}:n:00000001:0a4f113b:auth-int:${ha2}`)}"`
    )
  })

  it('gives AMT’s stored password as 16 raw bytes', () => {
    expect(Buffer.from(passwordHash('admin', 'Digest:A', 'P@ssw0rd')).toString('hex')).toBe(
      md5('admin:Digest:A:P@ssw0rd')
    )
  })
})
