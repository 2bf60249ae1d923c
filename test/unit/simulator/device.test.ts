import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answer } from '../../../electron/simulator/device.ts'
import { noFaults } from '../../../electron/simulator/faults.ts'
import { practiceComputer } from '../../../electron/simulator/practice.ts'
import { type DeviceState, ha1Of, initialState } from '../../../electron/simulator/state.ts'
import { readXml } from '../../../electron/simulator/xml.ts'
import { haveRecordings, recording } from '../wsman/recordings.ts'
import { ask, selector, textOf } from './ask.ts'

const now = Date.UTC(2026, 10, 23, 6, 0, 0)
const digestRealm = 'Digest:A4070000000000000000000000000000'
const fresh = (change: Partial<DeviceState> = {}): DeviceState => ({
  ...initialState(practiceComputer(0), { digestRealm, certificate: null, now }),
  ...change
})
const general = 'AMT_GeneralSettings'
const setup = 'AMT_SetupAndConfigurationService'
const authorization = 'AMT_AuthorizationService'
const time = 'AMT_TimeSynchronizationService'
const returned = (body: string) => textOf(body, 'ReturnValue')

describe('reading', () => {
  it('answers Get with the recorded envelope, prefixes and order, in one line', () => {
    const { reply, state } = answer(fresh(), ask.get(general), now)
    expect(reply.status).toBe(200)
    expect(reply.body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><a:Envelope xmlns:a="[^"]+" xmlns:b="[^"]+" xmlns:c="[^"]+" xmlns:d="[^"]+" xmlns:e="[^"]+" xmlns:f="[^"]+" xmlns:g="[^"]+AMT_GeneralSettings" xmlns:xsi="[^"]+"><a:Header><b:To>/
    )
    expect(reply.body).not.toContain('\n')
    expect(reply.body).toContain('<b:RelatesTo>7</b:RelatesTo>')
    expect(reply.body).toContain('<b:MessageID>uuid:00000000-8086-8086-8086-000000000029</b:MessageID>')
    expect(textOf(reply.body, 'DigestRealm')).toBe(digestRealm)
    expect(state.changes).toEqual({})
  })

  it('gives the UUID in raw SMBIOS order', () => {
    const device = fresh({ uuid: '55e3ae13-bfd2-61bb-17a0-88aedd7037ea' })
    expect(textOf(answer(device, ask.invoke(setup, 'GetUuid'), now).reply.body, 'UUID')).toBe(
      'E67jVdK/u2EXoIiu3XA36g=='
    )
    const packages = answer(device, ask.get('CIM_ComputerSystemPackage'), now).reply.body
    expect(textOf(packages, 'PlatformGUID')).toBe('13AEE355D2BFBB6117A088AEDD7037EA')
  })

  it('hands out an enumeration in pieces of the size asked for', () => {
    const software = 'CIM_SoftwareIdentity'
    let { state, reply } = answer(fresh(), ask.enumerate(software), now)
    const context = textOf(reply.body, 'EnumerationContext') ?? ''
    expect(context).toBe('14000000-0000-0000-0000-000000000000')
    const names: string[] = []
    const sizes: number[] = []
    do {
      ;({ state, reply } = answer(state, ask.pull(software, context, 4), now))
      const found = [...reply.body.matchAll(/<h:InstanceID>([^<]*)</g)].map((each) => each[1] ?? '')
      names.push(...found)
      sizes.push(found.length)
    } while (!reply.body.includes('<g:EndOfSequence></g:EndOfSequence>'))
    expect(sizes).toEqual([4, 4, 3])
    expect(names).toEqual(
      expect.arrayContaining(['AMT', 'Flash', 'Netstack', 'AMTApps', 'Build Number', 'Sku', 'VendorID', 'Legacy Mode'])
    )
    expect(answer(state, ask.pull(software, context, 4), now).reply.body).toContain('c:InvalidEnumerationContext')
  })

  it('keeps contexts apart, bounded, and to their class', () => {
    const { state, reply } = answer(fresh(), ask.enumerate(general), now)
    const context = textOf(reply.body, 'EnumerationContext') ?? ''
    expect(answer(state, ask.pull(setup, context, 9), now).reply.status).toBe(400)
    expect(answer(state, ask.pull(general, context, '0'), now).reply.body).toContain('e:SchemaValidationError')
    let many = state
    for (let n = 0; n < 40; n += 1) many = answer(many, ask.enumerate(general), now).state
    expect(Object.keys(many.enumerations)).toHaveLength(16)
    expect(answer(many, ask.pull(general, context, 9), now).reply.body).toContain('c:InvalidEnumerationContext')
  })

  it('answers Identify with its vendor and version', () => {
    const { reply } = answer(fresh(), ask.identify, now)
    expect(reply.status).toBe(200)
    expect(textOf(reply.body, 'ProductVendor')).toBe('Intel(R)')
    expect(textOf(reply.body, 'ProductVersion')).toBe('AMT 11.8.50')
  })

  it('selects one instance', () => {
    const one = answer(fresh(), ask.get('CIM_SoftwareIdentity', selector('InstanceID', 'Sku')), now).reply
    expect(textOf(one.body, 'VersionString')).toBe('16392')
    for (const wrong of ['', selector('InstanceID', 'Nothing'), selector('Colour', 'Sku')])
      expect(answer(fresh(), ask.get('CIM_SoftwareIdentity', wrong), now).reply.body).toContain('e:InvalidSelectors')
  })
})

describe('recorded replies', () => {
  const recorded = (path: string): string => recording(`go-wsman-messages/${path}`).toString()

  /** Undoes the pretty printing of the recordings and takes out what differs between any two messages. */
  const flat = (text: string): string =>
    text
      .replace(/>\s+</g, '><')
      .replace(/\s+xmlns/g, ' xmlns')
      .replace(/(<b:(RelatesTo|MessageID)>)[^<]*/g, '$1')
      .trim()
  const pulled = (className: string): string => {
    const { state, reply } = answer(fresh(), ask.enumerate(className), now)
    return answer(state, ask.pull(className, textOf(reply.body, 'EnumerationContext') ?? '', 999), now).reply.body
  }
  const valueless = (text: string): string => flat(text).replace(/(<h:(?!Inst)\w+>)[^<]*/g, '$1')

  it.runIf(haveRecordings).each([
    ['amt/setupandconfiguration/get.xml', () => answer(fresh(), ask.get(setup), now).reply.body],
    ['amt/setupandconfiguration/pull.xml', () => pulled(setup)],
    ['amt/authorization/get.xml', () => answer(fresh(), ask.get(authorization), now).reply.body],
    ['amt/timesynchronization/get.xml', () => answer(fresh(), ask.get(time), now).reply.body]
  ])('%s is met exactly', (path, reply) => {
    expect(flat(reply())).toBe(flat(recorded(path)))
  })

  it.runIf(haveRecordings).each([
    ['amt/general/pull.xml', general],
    ['cim/software/identity/pull.xml', 'CIM_SoftwareIdentity'],
    ['cim/computer/systempackage/pull.xml', 'CIM_ComputerSystemPackage']
  ])('%s is met but for values', (path, className) => {
    expect(valueless(pulled(className))).toBe(valueless(recorded(path)))
  })
})

describe('faults', () => {
  it('are recorded ones for classes the device does not have', () => {
    const { reply } = answer(fresh({ messageCounter: 0x60 }), ask.get('AMT_Nothing'), now)
    expect(reply.status).toBe(400)
    if (!haveRecordings) return
    const recorded = recording('faults/DestinationUnreachable.400.xml').toString().trim()
    expect(reply.body).toBe(recorded.replace('<b:RelatesTo>0<', '<b:RelatesTo>7<'))
  })

  it.each([
    ['not XML', '<a><b></a>', 'e:SchemaValidationError'],
    ['nothing', '', 'e:SchemaValidationError'],
    ['a DTD', `<!DOCTYPE a [<!ENTITY b "c">]>${ask.get(general).slice(38)}`, 'e:SchemaValidationError'],
    ['an unbound prefix', '<s:Envelope/>', 'e:SchemaValidationError'],
    ['deep nesting', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'e:SchemaValidationError'],
    ['no action', ask.get(general).replace(/<a:Action>.*<\/a:Action>/, ''), 'b:MessageInformationHeaderRequired'],
    ['an unknown method', ask.invoke(setup, 'MakeCoffee'), 'b:ActionNotSupported'],
    ['an inherited name as method', ask.invoke(setup, 'toString'), 'b:ActionNotSupported'],
    [
      'another body than the action',
      ask.invoke(setup, 'GetUuid').replaceAll('GetUuid_INPUT', 'Other'),
      'e:SchemaValidationError'
    ],
    ['Create', ask.create(general), 'b:ActionNotSupported']
  ])('%s', (_name, source, subcode) => {
    const { reply } = answer(fresh(), source, now)
    expect(reply.status).toBe(400)
    expect(textOf(reply.body.slice(reply.body.indexOf('<a:Subcode>') + 11), 'Value')).toBe(subcode)
  })

  it('escape what the client sent', () => {
    const source = ask.get(general).replace('<a:MessageID>7<', '<a:MessageID>&lt;x&gt;&amp;"<')
    const { body } = answer(fresh(), source, now).reply
    expect(body).toContain('<b:RelatesTo>&lt;x&gt;&amp;&quot;</b:RelatesTo>')
    expect(readXml(body)).toBeDefined()
  })
})

describe('AMT_GeneralSettings.Put', () => {
  const whole = fresh().generalSettings

  it('takes host and domain name when the whole object comes back, until a commit', () => {
    const { state, reply } = answer(
      fresh(),
      ask.put(general, { ...whole, HostName: 'fin-0231', DomainName: 'corp.example' }),
      now
    )
    expect(reply.status).toBe(200)
    expect(textOf(reply.body, 'HostName')).toBe('fin-0231')
    expect(state.generalSettings).toEqual({ ...whole, HostName: 'fin-0231', DomainName: 'corp.example' })
    expect(state.uncommitted).toBe(true)
    const committed = answer(state, ask.invoke(setup, 'CommitChanges'), now)
    expect(returned(committed.reply.body)).toBe('0')
    expect(committed.state.uncommitted).toBe(false)
    expect(committed.state.changes).toEqual({
      'AMT_GeneralSettings.Put': 1,
      'AMT_SetupAndConfigurationService.CommitChanges': 1
    })
  })

  it('keeps read-only properties, and allows to leave them out', () => {
    const { DigestRealm: _realm, HostOSFQDN: _os, ...rest } = whole
    expect(answer(fresh(), ask.put(general, rest), now).reply.status).toBe(200)
    const forged = answer(fresh(), ask.put(general, { ...whole, DigestRealm: 'Digest:0' }), now)
    expect(forged.state.generalSettings.DigestRealm).toBe(digestRealm)
  })

  it.each([
    ['a part of it only', { HostName: 'fin-0231' }],
    ['an unknown property', { ...whole, Colour: 'green' }],
    ['another instance', { ...whole, InstanceID: 'other' }],
    ['no boolean', { ...whole, SharedFQDN: 'yes' }],
    ['no number', { ...whole, IdleWakeTimeout: 'soon' }]
  ])('refuses %s as an invalid representation and changes nothing', (_name, values) => {
    const { state, reply } = answer(fresh(), ask.put(general, values as Record<string, string>), now)
    expect(reply.status).toBe(400)
    expect(reply.body).toContain('d:InvalidRepresentation')
    expect(state.generalSettings).toEqual(whole)
  })

  it.each([
    ['HostName', '-fin', 'AMT-STATUS 12'],
    ['HostName', 'fin.corp', 'AMT-STATUS 12'],
    ['HostName', 'f'.repeat(64), 'AMT-STATUS 12'],
    ['DomainName', 'corp..example', 'AMT-STATUS 28'],
    ['DomainName', 'corp_x.example', 'AMT-STATUS 28']
  ])('refuses %s %s with %s', (name, value, detail) => {
    const { state, reply } = answer(fresh(), ask.put(general, { ...whole, [name]: value }), now)
    expect([reply.status, textOf(reply.body, 'Detail')]).toEqual([500, detail])
    expect(state.uncommitted).toBe(false)
  })

  it('can not commit without a host name', () => {
    const { state } = answer(fresh(), ask.put(general, { ...whole, HostName: '' }), now)
    const { reply, state: after } = answer(state, ask.invoke(setup, 'CommitChanges'), now)
    expect(returned(reply.body)).toBe('2057')
    expect(after.uncommitted).toBe(true)
  })
})

describe('SetAdminAclEntryEx', () => {
  const set = (Username: string, DigestPassword: string) =>
    ask.invoke(authorization, 'SetAdminAclEntryEx', { Username, DigestPassword })
  const hash = createHash('md5').update(`admin:${digestRealm}:New-1!pass`)
  const raw = hash.digest()

  it('stores the hash of 16 raw bytes and forgets remembered log-ins', () => {
    const { state, reply } = answer(fresh(), set('root', raw.toString('base64')), now)
    expect(returned(reply.body)).toBe('0')
    expect(state.accounts).toEqual([{ name: 'root', ha1: raw.toString('hex'), admin: true }])
    expect(state.accountsVersion).toBe(1)
    expect(textOf(answer(state, ask.invoke(authorization, 'GetAdminAclEntry'), now).reply.body, 'Username')).toBe(
      'root'
    )
  })

  it('takes hex only when lenient', () => {
    const strict = answer(fresh(), set('admin', raw.toString('hex')), now)
    expect(returned(strict.reply.body)).toBe('2054')
    expect(strict.state.accounts).toEqual(fresh().accounts)
    expect(strict.state.changes).toEqual({ 'AMT_AuthorizationService.SetAdminAclEntryEx': 1 })
    const lenient = answer(fresh({ faults: { ...noFaults, lenient: true } }), set('admin', raw.toString('hex')), now)
    expect(returned(lenient.reply.body)).toBe('0')
    expect(lenient.state.accounts[0]?.ha1).toBe(ha1Of('admin', digestRealm, 'New-1!pass'))
  })

  it.each(['', '$$system', 'a'.repeat(17), 'a:b', 'a b'])('refuses the name "%s"', (name) => {
    expect(returned(answer(fresh(), set(name, raw.toString('base64')), now).reply.body)).toBe('36')
  })
})

describe('the clock', () => {
  const seconds = now / 1000
  const sync = (Ta0: number | string, Tm1: number | string, Tm2: number | string) =>
    ask.invoke(time, 'SetHighAccuracyTimeSynch', { Ta0: `${Ta0}`, Tm1: `${Tm1}`, Tm2: `${Tm2}` })

  it('is read and set to the middle of the measurement', () => {
    const device = fresh({ clockOffset: -247 })
    const read = answer(device, ask.invoke(time, 'GetLowAccuracyTimeSynch'), now)
    expect(textOf(read.reply.body, 'Ta0')).toBe(String(seconds - 247))
    expect(read.state.changes).toEqual({})
    const written = answer(read.state, sync(seconds - 247, seconds, seconds), now)
    expect(returned(written.reply.body)).toBe('0')
    expect(written.state.clockOffset).toBe(0)
  })

  it('refuses an old or future Ta0 with 34, anything but numbers with 36', () => {
    const device = fresh({ clockOffset: 0 })
    expect(returned(answer(device, sync(seconds - 61, seconds, seconds), now).reply.body)).toBe('34')
    expect(returned(answer(device, sync(seconds + 1, seconds, seconds), now).reply.body)).toBe('34')
    expect(returned(answer(device, sync('', seconds, seconds), now).reply.body)).toBe('36')
    expect(returned(answer(device, sync(seconds, 2 ** 32, seconds), now).reply.body)).toBe('36')
  })
})

describe('fault switches', () => {
  const faulty = (faults: Partial<DeviceState['faults']>, change: Partial<DeviceState> = {}) =>
    fresh({ ...change, faults: { ...noFaults, ...faults } })

  it('once500 fails once', () => {
    const first = answer(faulty({ once500: true }), ask.get(general), now)
    expect([first.reply.status, first.reply.body.includes('e:InternalError')]).toEqual([500, true])
    expect(answer(first.state, ask.get(general), now).reply.status).toBe(200)
  })

  it('unreachable hides a class', () => {
    const device = faulty({ unreachable: [time] })
    expect(answer(device, ask.get(time), now).reply.body).toContain('b:DestinationUnreachable')
    expect(answer(device, ask.get(general), now).reply.status).toBe(200)
  })

  it('dropAfter cuts the answer of a commit that did something, and of no other', () => {
    const device = faulty({ dropAfter: 'CommitChanges' }, { uncommitted: true })
    expect(answer(device, ask.get(general), now).reply.cut).toBe(false)
    const first = answer(device, ask.invoke(setup, 'CommitChanges'), now)
    expect([first.reply.cut, first.state.uncommitted]).toEqual([true, false])
    expect(answer(first.state, ask.invoke(setup, 'CommitChanges'), now).reply.cut).toBe(false)
    expect(answer(faulty({ dropAfter: 'Get' }), ask.get(general), now).reply.cut).toBe(true)
  })
})
