// What the lesser methods leave behind: consent codes, logs, accounts, associations and a certificate request.
import { createPublicKey, createVerify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answer } from '../../../electron/simulator/device.ts'
import { writeRequest } from '../../../electron/simulator/pki.ts'
import { ask, selector, textOf } from './ask.ts'
import { digestPassword, digestRealm, fresh, living, now } from './device.ts'
import { madeKey } from './keys.ts'

const consent = 'IPS_OptInService'
const log = 'AMT_MessageLog'

describe('the consent code', () => {
  const shown = () => {
    const device = living(fresh())
    expect(device.invoke(consent, 'StartOptIn').value).toBe('0')
    const code = device.state().consent?.code ?? ''
    return { device, code, wrong: code === '000001' ? '2' : '1' }
  }

  it('has six digits, another one each time, and is shown once', () => {
    const { device, code } = shown()
    expect(code).toMatch(/^\d{6}$/)
    expect(device.invoke(consent, 'StartOptIn').value).toBe('2')
    device.invoke(consent, 'CancelOptIn')
    device.invoke(consent, 'StartOptIn')
    expect(device.state().consent?.code).not.toBe(code)
  })

  it('is taken without its leading zeros, and only once', () => {
    const { device } = shown()
    const state = device.state()
    device.change({ consent: state.consent && { ...state.consent, code: '000042' } })
    expect(device.invoke(consent, 'SendOptInCode', { OptInCode: '42' }).value).toBe('0')
    expect(textOf(device.send(ask.get(consent)).body, 'OptInState')).toBe('3')
    expect(device.invoke(consent, 'SendOptInCode', { OptInCode: '42' }).value).toBe('2')
  })

  it('is gone after three wrong ones', () => {
    const { device, wrong } = shown()
    const values = [1, 2, 3, 4].map(() => device.invoke(consent, 'SendOptInCode', { OptInCode: wrong }).value)
    expect(values).toEqual(['2066', '2066', '2066', '2'])
    expect(device.state().consent).toBeNull()
  })

  it('is too old after two minutes', () => {
    const { device, code } = shown()
    const late = answer(device.state(), ask.invoke(consent, 'SendOptInCode', { OptInCode: code }), now + 120_000)
    expect([textOf(late.reply.body, 'ReturnValue'), late.state.consent]).toEqual(['2', null])
  })
})

describe('the event log', () => {
  const records = { IterationIdentifier: '1', MaxReadRecords: '390' }

  it('is empty once cleared, and can not be cleared while frozen', () => {
    const device = living(fresh())
    expect(device.invoke(log, 'GetRecords', records).body).toContain('RecordArray')
    device.invoke(log, 'FreezeLog', { Freeze: 'true' })
    expect(device.invoke(log, 'ClearLog').value).toBe('2059')
    device.invoke(log, 'FreezeLog', { Freeze: 'false' })
    expect(device.invoke(log, 'ClearLog').value).toBe('0')
    const { body, value } = device.invoke(log, 'GetRecords', records)
    expect([value, textOf(body, 'NoMoreRecords'), body.includes('RecordArray')]).toEqual(['0', 'true', false])
  })
})

describe('CIM_Account', () => {
  const user = {
    DigestUsername: 'site',
    DigestPassword: digestPassword('site', digestRealm, 'P@ssw0rd'),
    AccessPermission: '2',
    Realms: '5'
  }
  const state = (name: string, wanted: string) =>
    ask
      .invoke('CIM_Account', 'RequestStateChange', { RequestedState: wanted })
      .replace('</Header>', `${selector('Name', name)}</Header>`)
  const remove = (name: string) =>
    ask.get('CIM_Account', selector('Name', name)).replace('transfer/Get', 'transfer/Delete')

  it('turns users off and takes them away, but never the administrator', () => {
    const device = living(fresh())
    expect(device.invoke('AMT_AuthorizationService', 'AddUserAclEntryEx', user).value).toBe('0')
    expect(textOf(device.send(state('site', '3')).body, 'ReturnValue')).toBe('0')
    expect(device.state().accounts.find((each) => each.name === 'site')?.entry?.enabled).toBe(false)
    expect(textOf(device.send(state('admin', '3')).body, 'ReturnValue')).toBe('16')
    expect([device.send(remove('site')).status, device.send(remove('admin')).status]).toEqual([200, 500])
    expect(device.state().accounts.map((each) => each.name)).toEqual(['admin'])
  })
})

describe('setup settings', () => {
  it('are kept by a Put that leaves the states alone', () => {
    const device = living(fresh())
    const put = { PasswordModel: '0', ZeroTouchConfigurationEnabled: 'false', ProvisioningState: '0' }
    expect(device.send(ask.put('AMT_SetupAndConfigurationService', put)).status).toBe(200)
    const { body } = device.send(ask.get('AMT_SetupAndConfigurationService'))
    const told = ['PasswordModel', 'ZeroTouchConfigurationEnabled', 'ProvisioningState'].map((each) =>
      textOf(body, each)
    )
    expect(told).toEqual(['0', 'false', '2'])
  })
})

describe('a certificate request the device writes itself', () => {
  it('names its subject, holds its key and is signed with it', async () => {
    const key = await madeKey()
    const der = Buffer.from(writeRequest('CN=pc-01,O=Site', key) ?? '', 'base64')
    const infoLength = der.readUInt16BE(6) + 4
    const [info, signature] = [der.subarray(4, 4 + infoLength), der.subarray(-256)]
    expect(createVerify('sha1').update(info).verify(createPublicKey(key), signature)).toBe(true)
    expect(info.includes(Buffer.from('pc-01')) && info.includes(Buffer.from('Site'))).toBe(true)
    expect(writeRequest('pc-01', key)).toBeUndefined()
  })
})
