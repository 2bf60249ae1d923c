// The practice devices have every class, operation and method the client knows, and the client understands every answer. No exceptions.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { type Fleet, type PracticeDevice, startFleet } from '../../electron/simulator/fleet.ts'
import { generationNamed, generationNames } from '../../electron/simulator/generations.ts'
import { practiceComputer } from '../../electron/simulator/practice.ts'
import { alarmClockService } from '../../electron/wsman/amt/alarmClockService.ts'
import { generalSettings } from '../../electron/wsman/amt/generalSettings.ts'
import { ieee8021xCredentialContext } from '../../electron/wsman/amt/ieee8021xCredentialContext.ts'
import { publicKeyManagementService as store } from '../../electron/wsman/amt/publicKeyManagementService.ts'
import { remoteAccessPolicyAppliesToMPS } from '../../electron/wsman/amt/remoteAccessPolicyAppliesToMPS.ts'
import { remoteAccessService } from '../../electron/wsman/amt/remoteAccessService.ts'
import { setupAndConfigurationService } from '../../electron/wsman/amt/setupAndConfigurationService.ts'
import { wiFiPortConfigurationService } from '../../electron/wsman/amt/wiFiPortConfigurationService.ts'
import type { AnyClass } from '../../electron/wsman/class.ts'
import { classes } from '../../electron/wsman/classes.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { passwordHash } from '../../electron/wsman/digest.ts'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { enumerateInstances, getInstance, putInstance, readOutput } from '../../electron/wsman/instance.ts'
import { httpProxyService } from '../../electron/wsman/ips/httpProxyService.ts'
import { ieee8021xSettings } from '../../electron/wsman/ips/ieee8021xSettings.ts'
import { optInService } from '../../electron/wsman/ips/optInService.ts'
import type { Reference, Selectors } from '../../electron/wsman/schema.ts'
import { child } from '../../electron/wsman/xml.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

/** Asked last, because the device is another one after them. */
const lastMethods = ['Unprovision', 'PartialUnprovision']

const names = [...classes.keys()]
const newest = generationNames.at(-1) ?? ''

let fleet: Fleet
const open = new Map<string, { practice: PracticeDevice; device: Device }>()

beforeAll(async () => {
  const computers = generationNames.map((name, n) => ({
    ...practiceComputer(n, 'healthy'),
    amtVersion: generationNamed(name)?.version ?? ''
  }))
  fleet = await startFleet({ computers, clock: systemClock, random: (n) => randomBytes(n) })
  for (const [n, practice] of fleet.devices.entries()) {
    const { host, port, tls, username, password } = practice
    const endpoint = { host, port, tls }
    const device = openDevice({ endpoint, credentials: { username, password } })
    open.set(generationNames[n] ?? '', { practice, device })
  }
})

afterAll(async () => {
  for (const { device } of open.values()) device.close()
  await fleet.close()
})

function at(generation: string): { practice: PracticeDevice; device: Device } {
  const found = open.get(generation)
  if (!found) throw new Error(`no practice device of AMT ${generation}`)
  return found
}

function worked<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

function classNamed(name: string): AnyClass {
  const one = classes.get(name)
  if (!one) throw new Error(name)
  return one
}

/** Fills every table of the device, so that no class is empty when it is read. */
async function furnish(device: Device): Promise<void> {
  const key = new Uint8Array(Buffer.from((await madeCertificate('device', await madeKey())).der, 'base64'))
  const added = worked(await store.addTrustedRootCertificate(device, { CertificateBlob: key }))
  const pair = worked(await store.generateKeyPair(device, { KeyAlgorithm: 0, KeyLength: 2048 }))
  const request = { KeyPair: pair.KeyPair, DNName: 'CN=practice', Usage: 0 }
  expect(worked(await store.generatePKCS10Request(device, request)).CertificateRequest[0]).toBe(0x30)
  const certificate = added.CreatedCertificate
  const profile = {
    resource: resourceUri('AMT_8021XProfile'),
    selectors: { InstanceID: 'Intel(r) AMT 802.1x Profile 0' }
  }
  const context = { ElementInContext: certificate, ElementProvidingContext: profile }
  worked(await ieee8021xCredentialContext.create(device, context))
  worked(await ieee8021xSettings.setCertificates(device, { ServerCertificateIssuer: certificate }))
  const server = { AccessInfo: '192.0.2.1', InfoFormat: 3, Port: 4433, AuthMethod: 2, Username: 'mps', Password: 'x' }
  const { MpServer } = worked(await remoteAccessService.addMpServer(device, server))
  const second = { ...server, AccessInfo: '192.0.2.2' }
  const other = worked(await remoteAccessService.addMpServer(device, second)).MpServer
  const rule = { Trigger: 2, TunnelLifeTime: 0, MpServer: [MpServer] }
  const { PolicyRule } = worked(await remoteAccessService.addRemoteAccessPolicyRule(device, rule))
  const applies = { ManagedElement: other, PolicySet: PolicyRule, MpsType: 0, OrderOfAccess: 1 }
  worked(await remoteAccessPolicyAppliesToMPS.create(device, applies))
  const proxy = { AccessInfo: '192.0.2.3', InfoFormat: 3, Port: 8080, NetworkDnsSuffix: 'practice.example' }
  worked(await httpProxyService.addProxyAccessPoint(device, proxy))
  const alarm = {
    InstanceID: 'a',
    ElementName: 'a',
    Interval: 1445,
    StartTime: Date.UTC(2030, 0, 1),
    DeleteOnCompletion: true
  }
  worked(await alarmClockService.addAlarm(device, { AlarmTemplate: alarm }))
  const wifi = { InstanceID: 'w', ElementName: 'w', SSID: 'site', AuthenticationMethod: 7, EncryptionMethod: 4 }
  const endpoint = { resource: resourceUri('CIM_WiFiEndpoint'), selectors: { Name: 'WiFi Endpoint 0' } }
  const added8021x = {
    InstanceID: '8',
    ElementName: '8',
    AuthenticationProtocol: 2,
    Username: 'user',
    Password: 'Coverage-1'
  }
  worked(
    await wiFiPortConfigurationService.addWiFiSettings(device, {
      WiFiEndpoint: endpoint,
      WiFiEndpointSettingsInput: { ...wifi, Priority: 1 },
      IEEE8021xSettingsInput: added8021x,
      CACredential: certificate
    })
  )
}

/** Of classes with one instance, Get gives the same one. */
async function read(device: Device, name: string): Promise<number> {
  const { resource, table } = classNamed(name)
  const found = worked(await enumerateInstances(device, { resource }, table.properties))
  const [only] = found
  if (only && found.length === 1) {
    const got = worked(await getInstance(device, { resource }, table.properties))
    expect(got.values).toEqual(only.values)
  }
  return found.length
}

/** What picks one of several instances: its InstanceID, or the references of an association. */
function selectorsOf(values: Readonly<Record<string, unknown>>): Selectors {
  const { InstanceID: id } = values
  if (typeof id === 'string') return { InstanceID: id }
  const isReference = (each: [string, unknown]): each is [string, Reference] =>
    typeof each[1] === 'object' && each[1] !== null && 'selectors' in each[1]
  return Object.fromEntries(Object.entries(values).filter(isReference))
}

const isMissing = (result: { ok: true } | { ok: false; problem: { code: string } }): boolean =>
  !result.ok && result.problem.code === 'class-missing'

describe('a missing piece at the commit', () => {
  it.each([
    ['19', /From AMT 19 on/],
    ['15', /still admin from the factory/]
  ])('is told for AMT %s without anybody naming the version', async (generation, expected) => {
    const { device, practice } = at(generation)
    const before = worked(await generalSettings.get(device))
    worked(await generalSettings.put(device, before, { HostName: 'other' }))
    practice.setFaults({ commitFails: 1 })
    const commit = await setupAndConfigurationService.commitChanges(device)
    expect(commit.ok || commit.problem.code).toBe('amt-refused')
    expect(commit.ok || commit.problem.meaning).toMatch(expected)
  })
})

describe('the newest practice device', () => {
  beforeAll(() => furnish(at(newest).device))

  it.each(names)('%s is read, and no class is empty', async (name) => {
    expect(await read(at(newest).device, name)).toBeGreaterThan(0)
  })

  it.each(names.filter((name) => classNamed(name).table.allows?.includes('put')))('%s is put back', async (name) => {
    const { device, practice } = at(newest)
    const { resource, table } = classNamed(name)
    const [before] = worked(await enumerateInstances(device, { resource }, table.properties))
    if (!before) throw new Error('empty')
    const { properties: shape, readOnly, notEmpty } = table
    const target = { resource, selectors: selectorsOf(before.values) }
    // An account's password hash is never given back, so it has to be given anew.
    const { username, digestRealm, password } = { ...practice, ...practice.state() }
    const hash = Buffer.from(passwordHash(username, digestRealm, password)).toString('hex')
    const changes = name === 'CIM_Account' ? { UserPassword: [hash] } : {}
    const after = worked(await putInstance(device, target, { shape, readOnly, notEmpty }, before, changes))
    expect(after.values).toEqual(before.values)
  })

  it('shows a consent code, takes it once, and takes it off the screen', async () => {
    const { device, practice } = at(newest)
    const shown = async () => worked(await optInService.get(device)).values.OptInState
    const early = await optInService.cancelOptIn(device)
    expect(early.ok || early.problem.detail).toBe('CancelOptIn ReturnValue 2 (NOT_READY)')
    worked(await optInService.startOptIn(device))
    expect(await shown()).toBe(2)
    const code = Number(practice.state().consent?.code)
    const wrong = await optInService.sendOptInCode(device, { OptInCode: (code + 1) % 1_000_000 })
    expect(wrong.ok || wrong.problem.detail).toContain('ReturnValue 2066')
    worked(await optInService.sendOptInCode(device, { OptInCode: code }))
    expect(await shown()).toBe(3)
    worked(await optInService.cancelOptIn(device))
    expect([await shown(), practice.state().consent]).toEqual([0, null])
  })

  it.each(names)('%s has every method and operation', async (name) => {
    const { device, practice } = at(newest)
    const { resource, table } = classNamed(name)
    const { methods = {}, allows = [] } = table
    const [first] = worked(await device.enumerate({ resource }))
    const id = first && child(first, 'InstanceID')?.text
    const target = { resource, ...(id !== undefined && { selectors: { InstanceID: id } }) }
    for (const [method, { input = {}, output = {}, statuses }] of Object.entries(methods)) {
      if (lastMethods.includes(method)) continue
      // Nothing is given, so most of them refuse; what matters is that they are known and their answer is understood.
      const answer = await device.invoke(target, method, [])
      if (!answer.ok) throw new Error(`${method}: ${answer.problem.detail}`)
      const judged = readOutput(method, { input, output, statuses }, answer.value)
      expect(judged.ok || judged.problem.code, method).not.toBe('answer-garbled')
    }
    const nowhere = { resource, selectors: { InstanceID: 'nowhere' } }
    if (allows.includes('create')) expect(isMissing(await device.create({ resource }, []))).toBe(false)
    if (allows.includes('delete')) expect(isMissing(await device.delete(nowhere))).toBe(false)
    expect(practice.state().changes[`${name}.unknown`]).toBeUndefined()
  })

  it.each(lastMethods)('%s is known too', async (method) => {
    const { device } = at(newest)
    const answer = await device.invoke({ resource: resourceUri('AMT_SetupAndConfigurationService') }, method, [])
    expect(answer.ok && child(answer.value, 'ReturnValue')?.text).toMatch(/^\d+$/)
  })
})

describe.each(generationNames.slice(0, -1))('AMT %s', (generation) => {
  it('gives every class it has, and calls the others missing', async () => {
    const { device } = at(generation)
    for (const name of names) {
      const { resource, table } = classNamed(name)
      const found = await enumerateInstances(device, { resource }, table.properties)
      const version = generationNamed(generation)?.version.split('.').slice(0, 2).join('.')
      if (isMissing(found)) expect(found.ok || found.problem.meaning).toContain(`AMT ${version} has no ${name}.`)
      else worked(found)
    }
  })
})
