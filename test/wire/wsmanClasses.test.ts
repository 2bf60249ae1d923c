// Each AMT class against recorded answers: what is read, what goes out, and what return values become.
import { afterEach, describe, expect, it } from 'vitest'
import { authorizationService } from '../../electron/wsman/amt/authorizationService.ts'
import { generalSettings } from '../../electron/wsman/amt/generalSettings.ts'
import { setupAndConfigurationService } from '../../electron/wsman/amt/setupAndConfigurationService.ts'
import { timeSynchronizationService } from '../../electron/wsman/amt/timeSynchronizationService.ts'
import { computerSystemPackage } from '../../electron/wsman/cim/computerSystemPackage.ts'
import { softwareIdentity } from '../../electron/wsman/cim/softwareIdentity.ts'
import { type Device, openDevice } from '../../electron/wsman/client.ts'
import { passwordHash } from '../../electron/wsman/digest.ts'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { haveRecordings, recording } from '../unit/wsman/recordings.ts'
import { messageId, type Peer, soapAnswer, startPeer } from './wsmanPeer.ts'

const open: { peer: Peer; device: Device }[] = []
afterEach(async () => {
  for (const { peer, device } of open.splice(0)) {
    device.close()
    await peer.close()
  }
})

/** A device that gives these bodies one after the other, each as the answer to what was asked. */
async function giving(...bodies: readonly (string | Buffer)[]) {
  const peer = await startPeer((seen, at, socket) => {
    const body = bodies[at] ?? ''
    if (typeof body === 'string') return void socket.write(soapAnswer(body, messageId(seen)))
    const xml = body.toString('utf8').replace(/(<b:RelatesTo>)\d+/, `$1${messageId(seen)}`)
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(xml)}\r\n\r\n${xml}`)
  })
  const device = openDevice({ endpoint: { host: '127.0.0.1', port: peer.port, tls: false } })
  open.push({ peer, device })
  return { peer, device }
}

const recorded = (path: string) => recording(`go-wsman-messages/${path}`)
const ns = resourceUri('AMT_GeneralSettings')
const settings = (inside: string) => `<g:AMT_GeneralSettings xmlns:g="${ns}">${inside}</g:AMT_GeneralSettings>`
const output = (className: string, method: string, inside: string) =>
  `<g:${method}_OUTPUT xmlns:g="${resourceUri(className)}">${inside}</g:${method}_OUTPUT>`

describe('AMT_GeneralSettings', () => {
  const before =
    '<g:DigestRealm>Digest:A</g:DigestRealm><g:DomainName></g:DomainName><g:HostName>old</g:HostName><g:NewerThing a="b">5</g:NewerThing>' +
    '<g:When><h:Datetime xmlns:h="http://schemas.dmtf.org/wbem/wscim/1/common">2022-01-01T00:00:00Z</h:Datetime></g:When>'

  it('goes back whole with only the changes changed', async () => {
    const { peer, device } = await giving(settings(before), settings(before.replace('old', 'new')))
    const read = await generalSettings.get(device)
    if (!read.ok) throw new Error(read.problem.code)
    expect([read.value.values.HostName, read.value.values.DomainName, read.value.values.SharedFQDN]).toEqual([
      'old',
      '',
      undefined
    ])
    const put = await generalSettings.put(device, read.value, { HostName: 'new & "better"', SharedFQDN: true })
    expect(put.ok && put.value.values.HostName).toBe('new')
    expect(/<Body>(.*)<\/Body>/.exec(peer.seen[1]?.body ?? '')?.[1]).toBe(
      `<r:AMT_GeneralSettings xmlns:r="${ns}"><r:DigestRealm>Digest:A</r:DigestRealm><r:DomainName></r:DomainName>` +
        '<r:HostName>new &amp; "better"</r:HostName><r:NewerThing a="b">5</r:NewerThing><r:SharedFQDN>true</r:SharedFQDN>' +
        '<r:When><Datetime xmlns="http://schemas.dmtf.org/wbem/wscim/1/common">2022-01-01T00:00:00Z</Datetime></r:When></r:AMT_GeneralSettings>'
    )
  })

  it('without a realm is not taken', async () => {
    const { device } = await giving(settings('<g:HostName>x</g:HostName>'))
    const read = await generalSettings.get(device)
    expect(read.ok || read.problem.where).toBe('127.0.0.1, AMT_GeneralSettings.DigestRealm')
  })
})

describe('AMT_AuthorizationService', () => {
  it('sends the 16 MD5 bytes made with the realm of the device, never the password', async () => {
    const { peer, device } = await giving(
      settings('<g:DigestRealm>Digest:727734D63A1FC0423736E48DA554E462</g:DigestRealm>'),
      output('AMT_AuthorizationService', 'SetAdminAclEntryEx', '<g:ReturnValue>0</g:ReturnValue>')
    )
    expect((await authorizationService.setAdminAclEntryEx(device, 'admin', 'N3w-Password')).ok).toBe(true)
    const sent = /<r:DigestPassword>(.*?)</.exec(peer.seen[1]?.body ?? '')?.[1] ?? ''
    expect(Buffer.from(sent, 'base64').byteLength).toBe(16)
    expect(new Uint8Array(Buffer.from(sent, 'base64'))).toEqual(
      passwordHash('admin', 'Digest:727734D63A1FC0423736E48DA554E462', 'N3w-Password')
    )
    expect(peer.seen[1]?.body).not.toContain('N3w-Password')
  })

  it.each([
    [2054, 'amt-refused', 'INVALID_PASSWORD'],
    [2, 'amt-busy', 'NOT_READY'],
    [2058, 'already-exists', 'DUPLICATE'],
    [32768 + 16, 'amt-refused', 'NOT_PERMITTED'],
    [4711, 'amt-refused', 'status 4711']
  ])('ReturnValue %i is %s', async (value, code, name) => {
    const { device } = await giving(
      settings('<g:DigestRealm>r</g:DigestRealm>'),
      output('AMT_AuthorizationService', 'SetAdminAclEntryEx', `<g:ReturnValue>${value}</g:ReturnValue>`)
    )
    const result = await authorizationService.setAdminAclEntryEx(device, 'admin', 'weak')
    expect(result.ok || [result.problem.code, result.problem.detail]).toEqual([
      code,
      `SetAdminAclEntryEx ReturnValue ${value} (${name})`
    ])
    expect(JSON.stringify(result)).not.toMatch(/[{]\w+[}]|weak/)
  })
})

describe('methods', () => {
  it('without a ReturnValue or with another output did not succeed', async () => {
    const service = 'AMT_SetupAndConfigurationService'
    const { device } = await giving(
      output(service, 'CommitChanges', ''),
      output(service, 'SetMEBxPassword', '<g:ReturnValue>0</g:ReturnValue>')
    )
    for (const result of [
      await setupAndConfigurationService.commitChanges(device),
      await setupAndConfigurationService.commitChanges(device)
    ]) {
      expect(result.ok || result.problem.code).toBe('answer-garbled')
    }
  })

  it('set the clock with three times', async () => {
    const { peer, device } = await giving(
      output('AMT_TimeSynchronizationService', 'SetHighAccuracyTimeSynch', '<g:ReturnValue>0</g:ReturnValue>')
    )
    expect((await timeSynchronizationService.setHighAccuracyTimeSynch(device, { Ta0: 1, Tm1: 2, Tm2: 3 })).ok).toBe(
      true
    )
    expect(peer.seen[0]?.body).toContain('<r:Ta0>1</r:Ta0><r:Tm1>2</r:Tm1><r:Tm2>3</r:Tm2>')
  })
})

describe.skipIf(!haveRecordings)('recorded answers', () => {
  it('give the UUID twice, in one form', async () => {
    const { device } = await giving(
      recorded('amt/setupandconfiguration/getuuid.xml'),
      recorded('cim/computer/systempackage/get.xml'),
      recorded('amt/setupandconfiguration/getuuid-bad.xml')
    )
    const guid = '55e3ae13-bfd2-61bb-17a0-88aedd7037ea'
    const uuid = await setupAndConfigurationService.getUuid(device)
    expect(uuid.ok && [uuid.value.guid, Buffer.from(uuid.value.raw).toString('hex')]).toEqual([
      guid,
      '13aee355d2bfbb6117a088aedd7037ea'
    ])
    expect(await computerSystemPackage.platformGuid(device)).toEqual({ ok: true, value: guid })
    const bad = await setupAndConfigurationService.getUuid(device)
    expect(bad.ok || bad.problem.code).toBe('answer-garbled')
  })

  it('give setup state, versions and the clock', async () => {
    const { device } = await giving(
      recorded('amt/setupandconfiguration/get.xml'),
      recorded('cim/software/identity/enumerate.xml'),
      recorded('cim/software/identity/pull.xml'),
      recorded('amt/timesynchronization/getlowaccuracytimesynch.xml'),
      recorded('amt/timesynchronization/get.xml'),
      recorded('amt/setupandconfiguration/commitchanges.xml')
    )
    const state = await setupAndConfigurationService.get(device)
    expect(state.ok && state.value.values).toMatchObject({
      ProvisioningMode: 1,
      ProvisioningState: 2,
      PasswordModel: 1
    })
    const parts = await softwareIdentity.enumerate(device)
    expect(parts.ok && parts.value.find(({ values }) => values.InstanceID === 'Sku')?.values.VersionString).toBe(
      '16392'
    )
    expect(await timeSynchronizationService.getLowAccuracyTimeSynch(device)).toEqual({
      ok: true,
      value: { Ta0: 1704586865 }
    })
    const clock = await timeSynchronizationService.get(device)
    expect(clock.ok && clock.value.values.TimeSource).toBe(0)
    expect((await setupAndConfigurationService.commitChanges(device)).ok).toBe(true)
  })
})
