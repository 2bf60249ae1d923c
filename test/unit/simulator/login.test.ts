import { describe, expect, it } from 'vitest'
import { digestResponse, type LogIn, logIn, nonceBook, readLogIn } from '../../../electron/simulator/login.ts'
import { practiceComputer } from '../../../electron/simulator/practice.ts'
import { type DeviceState, ha1Of, initialState } from '../../../electron/simulator/state.ts'

const digestRealm = 'Digest:A4070000000000000000000000000000'
const computer = practiceComputer(0)
const start = Date.UTC(2026, 10, 23)
const device = (): DeviceState => initialState(computer, { digestRealm, certificate: null, now: start })

const attempt = (password: string, change: Partial<LogIn> = {}): LogIn => {
  const base = {
    username: 'admin',
    realm: digestRealm,
    nonce: 'n',
    uri: '/wsman',
    nc: '00000001',
    cnonce: 'c',
    qop: 'auth'
  }
  return { ...base, response: digestResponse(ha1Of('admin', digestRealm, password), post, base), ...change }
}

const post = { method: 'POST', path: '/wsman', body: '', nonceKnown: true }
const tried = (state: DeviceState, password: string, now: number) => logIn(state, attempt(password), post, now)

describe('digest', () => {
  it('computes the example of RFC 7616 section 3.9.1 with MD5', () => {
    const login = {
      username: 'Mufasa',
      realm: 'http-auth@example.org',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      uri: '/dir/index.html',
      nc: '00000001',
      cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
      qop: 'auth'
    }
    const ha1 = ha1Of('Mufasa', 'http-auth@example.org', 'Circle of Life')
    expect(digestResponse(ha1, { ...post, method: 'GET' }, login)).toBe('8ca523f5e9506fed4657c9700eebdbec')
  })

  it('reads quoted and bare fields, and refuses other schemes', () => {
    const fields = 'Digest username="a\\"b", realm="r", nonce="n",uri="/wsman",response="AB", cnonce="x,y"'
    const read = {
      username: 'a"b',
      realm: 'r',
      nonce: 'n',
      uri: '/wsman',
      cnonce: 'x,y',
      nc: '00000001',
      qop: 'auth',
      response: 'ab'
    }
    expect(readLogIn(`${fields}, nc=00000001, qop=auth`)).toEqual(read)
    expect(readLogIn(`${fields}, nc="00000001", qop="auth", algorithm=MD5`)).toEqual(read)
    expect(readLogIn(`${fields}, algorithm=SHA-256`)).toBeUndefined()
    expect(readLogIn('Basic YWRtaW46eA==')).toBeUndefined()
  })

  it('accepts the right password only with everything in place', () => {
    expect(tried(device(), computer.password, start).outcome).toBe('granted')
    expect(tried(device(), 'Wrong-1!', start).outcome).toBe('refused')
    const right = attempt(computer.password)
    for (const change of [
      { realm: 'Digest:0' },
      { uri: '/other' },
      { qop: '' },
      { nc: '00000002' },
      { username: 'root' }
    ])
      expect(logIn(device(), { ...right, ...change }, post, start).outcome).toBe('refused')
    expect(logIn(device(), right, { ...post, method: 'GET' }, start).outcome).toBe('refused')
  })

  it('with auth-int proves the body too, and only what was offered counts', () => {
    const offering = (qop: 'auth-int' | 'auth,auth-int'): DeviceState => ({
      ...device(),
      faults: { ...device().faults, qop }
    })
    const sent = { ...post, body: '<é/>' }
    const { response: _, ...login } = attempt('', { qop: 'auth-int' })
    const ha1 = ha1Of('admin', digestRealm, computer.password)
    const right = { ...login, response: digestResponse(ha1, sent, login) }
    expect(logIn(offering('auth-int'), right, sent, start).outcome).toBe('granted')
    expect(logIn(offering('auth-int'), right, { ...sent, body: '<e/>' }, start).outcome).toBe('refused')
    expect(logIn(device(), right, sent, start).outcome).toBe('refused')
    expect(tried(offering('auth-int'), computer.password, start).outcome).toBe('refused')
    expect(tried(offering('auth,auth-int'), computer.password, start).outcome).toBe('granted')
  })

  it('calls a right answer to an old nonce stale and does not count it', () => {
    const { state, outcome } = logIn(device(), attempt(computer.password), { ...post, nonceKnown: false }, start)
    expect([outcome, state.failedLogins]).toEqual(['stale', 0])
    expect(logIn(device(), attempt('Wrong-1!'), { ...post, nonceKnown: false }, start).state.failedLogins).toBe(1)
  })
})

describe('the lock', () => {
  const failing = (times: number, at = start): DeviceState => {
    let state = device()
    for (let n = 0; n < times; n += 1) ({ state } = tried(state, 'Wrong-1!', Math.max(at, state.lockedUntil)))
    return state
  }

  it('closes after ten failures for 5 s, doubling to 80 s', () => {
    expect(failing(9).lockedUntil).toBe(0)
    const waits = [10, 11, 12, 13, 14, 15, 16].map((times) => failing(times).lockedUntil - failing(times).lastFailure)
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 80_000, 80_000])
  })

  it('refuses even the right password, and opens when its time has passed', () => {
    const locked = failing(10)
    const early = tried(locked, computer.password, start + 4_999)
    expect([early.outcome, early.state]).toEqual(['refused', locked])
    const later = tried(locked, computer.password, start + 5_000)
    expect([later.outcome, later.state.failedLogins]).toEqual(['granted', 0])
  })

  it('forgets after an hour of quiet', () => {
    const { state } = tried(failing(9), 'Wrong-1!', start + 3_600_000)
    expect([state.failedLogins, state.lockedUntil]).toEqual([1, 0])
    expect(tried(failing(9), 'Wrong-1!', start + 3_599_999).state.lockedUntil).toBeGreaterThan(0)
  })

  it('is shut from the start on a locked-out device', () => {
    const state = initialState(practiceComputer(0, 'locked-out'), { digestRealm, certificate: null, now: start })
    expect(tried(state, computer.password, start + 3_599_999).outcome).toBe('refused')
    expect(tried(state, computer.password, start + 3_600_000).outcome).toBe('granted')
  })
})

describe('nonces', () => {
  it('have the shape AMT gives them and are good once per counter', () => {
    const book = nonceBook(
      () => start,
      (n) => new Uint8Array(n).fill(7)
    )
    const nonce = book.issue()
    const bytes = Buffer.from(nonce, 'base64')
    expect(bytes).toHaveLength(24)
    expect([...bytes.subarray(8, 12)]).toEqual([0, 0, 0, 0])
    expect(bytes.readBigUInt64LE()).toBe(BigInt(start) * 1000n)
    expect([book.use(nonce, '00000001'), book.use(nonce, '00000001'), book.use(nonce, '00000002')]).toEqual([
      true,
      false,
      true
    ])
    expect([book.use(nonce, 'zz'), book.use('other', '00000001')]).toEqual([false, false])
    book.forget()
    expect(book.use(nonce, '00000003')).toBe(false)
  })

  it('are remembered in a bounded number', () => {
    let count = 0
    const book = nonceBook(
      () => start,
      (n) => new Uint8Array(n).fill(count++)
    )
    const first = book.issue()
    for (let n = 0; n < 64; n += 1) book.issue()
    expect(book.use(first, '00000001')).toBe(false)
  })
})
