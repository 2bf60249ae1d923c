// State that holds together: certificates and keys, TLS and commit, accounts, the ways into a setup and out of it.
import 'reflect-metadata'
import { createHash, createPublicKey, createSign, X509Certificate } from 'node:crypto'
import { Pkcs10CertificateRequest } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { answer } from '../../../electron/simulator/device.ts'
import { noFaults } from '../../../electron/simulator/faults.ts'
import { listeningOf } from '../../../electron/simulator/listening.ts'
import { signRequest } from '../../../electron/simulator/pki.ts'
import { remoteAccounts } from '../../../electron/simulator/realms.ts'
import type { DeviceState } from '../../../electron/simulator/state.ts'
import { ask, envelope, selector, textOf } from './ask.ts'
import { amt, digestPassword, digestRealm, fresh, living, now, reference } from './device.ts'
import { madeCertificate, madeKey, madeRequest } from './keys.ts'

const management = 'AMT_PublicKeyManagementService'
const setup = 'AMT_SetupAndConfigurationService'
const hostSetup = 'IPS_HostBasedSetupService'
const authorization = 'AMT_AuthorizationService'
const tlsSettings = 'AMT_TLSSettingData'
const context = 'AMT_TLSCredentialContext'
const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'
const [keyA, keyB, keyC] = await Promise.all([madeKey(), madeKey(), madeKey('ecc')])
const ecc384 = { KeyAlgorithm: '1', KeyLength: '384' }
const rsa2048 = { KeyAlgorithm: '0', KeyLength: '2048' }

const withKeys = (state: DeviceState = fresh({ amtVersion: '15.0.23.1706' })) => {
  const keys = [keyA, keyB]
  return living(state, (kind) => (kind === 'ecc' ? keyC : (keys.shift() ?? '')))
}

const remove = (className: string, selectors: string): string =>
  envelope(`${transfer}/Delete`, className, '', selectors)
const byId = (id: string): string => selector('InstanceID', id)
const certificateId = (n: number): string => `Intel(r) AMT Certificate: Handle: ${n}`

const contextBody = (id: string, action: 'Create' | 'Put'): string =>
  envelope(
    `${transfer}/${action}`,
    context,
    `<r:${context} xmlns:r="${amt}${context}"><r:ElementInContext>${reference(`${amt}AMT_PublicKeyCertificate`, 'InstanceID', id)}</r:ElementInContext>` +
      `<r:ElementProvidingContext>${reference(`${amt}AMT_TLSProtocolEndpointCollection`, 'ElementName', 'TLSProtocolEndpointInstances Collection')}</r:ElementProvidingContext></r:${context}>`
  )

const remoteTls = (change: Record<string, string> = {}) => ({
  AcceptNonSecureConnections: 'false',
  ElementName: 'Intel(r) AMT 802.3 TLS Settings',
  Enabled: 'true',
  InstanceID: 'Intel(r) AMT 802.3 TLS Settings',
  MutualAuthentication: 'false',
  ...change
})

/** Makes a key on the device and gives it a certificate over that key. */
async function certified(device: ReturnType<typeof withKeys>, key = keyA): Promise<string> {
  expect(device.invoke(management, 'GenerateKeyPair', rsa2048).value).toBe('0')
  const { der } = await madeCertificate('fin-0231.corp.example', key)
  expect(device.invoke(management, 'AddCertificate', { CertificateBlob: der }).value).toBe('0')
  return der
}

/** A request signed by the device's first key; undefined when it would not. */
function signedBy(device: ReturnType<typeof withKeys>, request: string, algorithm: number): string | undefined {
  const source = envelope(
    `${amt}${management}/GeneratePKCS10RequestEx`,
    management,
    `<r:GeneratePKCS10RequestEx_INPUT xmlns:r="${amt}${management}"><r:KeyPair>${reference(`${amt}AMT_PublicPrivateKeyPair`, 'InstanceID', 'Intel(r) AMT Key: Handle: 0')}</r:KeyPair>` +
      `<r:SigningAlgorithm>${algorithm}</r:SigningAlgorithm><r:NullSignedCertificateRequest>${request}</r:NullSignedCertificateRequest></r:GeneratePKCS10RequestEx_INPUT>`
  )
  return textOf(device.send(source).body, 'SignedCertificateRequest')
}

describe('ECC', () => {
  const newest = () => withKeys(fresh({ amtVersion: '22.0.0.1100' }))

  it('comes with AMT 21, over P-384 alone', () => {
    const values = ['19.0.0.1835', '21.0.0.1200'].map(
      (amtVersion) => withKeys(fresh({ amtVersion })).invoke(management, 'GenerateKeyPair', ecc384).value
    )
    expect(values).toEqual(['2066', '0'])
    expect(newest().invoke(management, 'GenerateKeyPair', { ...ecc384, KeyLength: '256' }).value).toBe('2066')
  })

  it('keys are shown, and sign requests with SHA-384', async () => {
    const device = newest()
    expect(device.invoke(management, 'GenerateKeyPair', ecc384).value).toBe('0')
    const der = Buffer.from(textOf(device.pulled('AMT_PublicPrivateKeyPair'), 'DERKey') ?? '', 'base64')
    const shown = createPublicKey({ key: der, format: 'der', type: 'spki' })
    expect(shown.asymmetricKeyDetails?.namedCurve).toBe('secp384r1')
    expect(shown.equals(createPublicKey(keyC))).toBe(true)
    const request = await madeRequest('fin-0231', keyC)
    const signed = new Pkcs10CertificateRequest(Buffer.from(signedBy(device, request, 2) ?? '', 'base64'))
    expect([signed.subject, await signed.verify()]).toEqual(['CN=fin-0231', true])
    expect(signed.signatureAlgorithm).toMatchObject({ name: 'ECDSA', hash: { name: 'SHA-384' } })
    expect(signedBy(device, request, 1)).toBeUndefined()
  })

  it('is what AMT 22 wants under its TLS certificate, and AMT 21 not yet', async () => {
    const devices = ['22.0.0.1100', '21.0.0.1200'].map((amtVersion) => withKeys(fresh({ amtVersion })))
    for (const device of devices) await certified(device)
    const answers = devices.map((device) => device.send(contextBody(certificateId(1), 'Create')))
    expect(answers.map(({ status }) => status)).toEqual([500, 200])
    expect(textOf(answers[0]?.body ?? '', 'Detail')).toBe('AMT-STATUS 1')
    const device = newest()
    device.invoke(management, 'GenerateKeyPair', ecc384)
    const { der } = await madeCertificate('fin-0231.corp.example', keyC)
    expect(device.invoke(management, 'AddCertificate', { CertificateBlob: der }).value).toBe('0')
    expect(device.send(contextBody(certificateId(1), 'Create')).status).toBe(200)
    expect(device.send(ask.put(tlsSettings, remoteTls())).status).toBe(200)
    expect(device.invoke(setup, 'CommitChanges').value).toBe('0')
    const { tls } = listeningOf(device.state())
    expect(new X509Certificate(tls?.certificate?.certificate ?? '').raw.toString('base64')).toBe(der)
  })
})

describe('the certificate store', () => {
  it('makes keys, signs requests for them, and shows their public halves', async () => {
    const device = withKeys()
    const made = device.invoke(management, 'GenerateKeyPair', rsa2048)
    expect(made.body).toContain('<c:Selector Name="InstanceID">Intel(r) AMT Key: Handle: 0</c:Selector>')
    const pkcs1 = createPublicKey(keyA).export({ format: 'der', type: 'pkcs1' }).toString('base64')
    expect(textOf(device.pulled('AMT_PublicPrivateKeyPair'), 'DERKey')).toBe(pkcs1)
    const request = await madeRequest('fin-0231', keyA)
    const signed = Buffer.from(signedBy(device, request, 1) ?? '', 'base64')
    // Signing is the same over the same bytes, so the whole request must come out as its author would have signed it.
    expect(signed.equals(Buffer.from(request, 'base64'))).toBe(true)
    expect(signRequest(request, keyB, 1)).toBeUndefined()
    expect(signRequest('AAAA', keyA, 1)).toBeUndefined()
    expect(device.invoke(management, 'GenerateKeyPair', { ...rsa2048, KeyLength: '3072' }).value).toBe('2066')
    device.change({ faults: { ...noFaults, keysBusy: 2 } })
    const values = [1, 2, 3].map(() => device.invoke(management, 'GenerateKeyPair', rsa2048).value)
    expect(values).toEqual(['2061', '2061', '0'])
  })

  it('takes each certificate once, and lets go of none that is in use', async () => {
    const device = withKeys()
    const der = await certified(device)
    const again = device.invoke(management, 'AddCertificate', { CertificateBlob: der })
    expect(again.value).toBe('2058')
    expect(device.invoke(management, 'AddCertificate', { CertificateBlob: 'AAAA' }).value).toBe('2063')
    expect(device.send(contextBody(certificateId(1), 'Create')).status).toBe(200)
    expect(device.send(contextBody(certificateId(1), 'Create')).body).toContain('e:AlreadyExists')
    expect(device.send(contextBody(certificateId(1), 'Put')).status).toBe(200)
    expect(device.pulled(context)).toContain('TLSProtocolEndpoint Instances Collection')
    const used = device.send(remove('AMT_PublicKeyCertificate', byId(certificateId(1))))
    expect([used.status, textOf(used.body, 'Detail')]).toEqual([500, 'AMT-STATUS 16'])
    expect(device.send(remove('AMT_PublicPrivateKeyPair', byId('Intel(r) AMT Key: Handle: 0'))).status).toBe(500)
    expect(device.send(remove(context, '')).status).toBe(200)
    expect(device.send(remove('AMT_PublicKeyCertificate', byId(certificateId(1)))).status).toBe(200)
    expect(device.send(remove('AMT_PublicPrivateKeyPair', byId('Intel(r) AMT Key: Handle: 0'))).status).toBe(200)
    expect(device.pulled('AMT_PublicPrivateKeyPair')).not.toContain('DERKey')
  })

  it('keeps the certificate the factory made', async () => {
    const { pem, der } = await madeCertificate('factory', keyA)
    const device = withKeys({ ...fresh(), certificate: { certificate: pem, key: keyA } })
    expect(textOf(device.pulled('AMT_PublicKeyCertificate'), 'X509Certificate')).toBe(der)
    expect(device.send(remove('AMT_PublicKeyCertificate', byId(certificateId(0)))).status).toBe(500)
  })
})

describe('TLS', () => {
  it('is written at once and in force after the commit', async () => {
    const device = withKeys()
    const der = await certified(device)
    device.send(contextBody(certificateId(1), 'Create'))
    expect(device.send(ask.put(tlsSettings, remoteTls())).status).toBe(200)
    expect(listeningOf(device.state())).toEqual({ plain: true, tls: null })
    expect(device.invoke(setup, 'CommitChanges').value).toBe('0')
    const { plain, tls } = listeningOf(device.state())
    expect([plain, tls?.clients]).toEqual([false, 'any'])
    const shown = new X509Certificate(tls?.certificate?.certificate ?? '')
    expect(shown.raw.toString('base64')).toBe(der)
    device.send(ask.put(tlsSettings, remoteTls({ Enabled: 'false' })))
    expect(device.invoke(setup, 'CommitChanges').value).toBe('0')
    expect(listeningOf(device.state())).toEqual({ plain: true, tls: null })
  })

  it('does not commit without a certificate, nor mutual without a root', async () => {
    const device = withKeys()
    device.send(ask.put(tlsSettings, remoteTls()))
    expect(device.invoke(setup, 'CommitChanges').value).toBe('2057')
    await certified(device)
    expect(device.send(contextBody(certificateId(1), 'Create')).status).toBe(200)
    device.send(ask.put(tlsSettings, remoteTls({ MutualAuthentication: 'true', TrustedCN: 'corp.example' })))
    expect(device.invoke(setup, 'CommitChanges').value).toBe('2057')
    const { der } = await madeCertificate('root', keyB)
    const add = () => device.invoke(management, 'AddTrustedRootCertificate', { CertificateBlob: der }).value
    expect([add(), add()]).toEqual(['0', '2058'])
    expect(device.invoke(setup, 'CommitChanges').value).toBe('0')
    expect(device.state().mutual).toEqual(['corp.example'])
    const another = (await madeCertificate('another', keyB)).der
    expect(device.invoke(management, 'AddTrustedRootCertificate', { CertificateBlob: another }).value).toBe('16')
  })

  it('can not be turned off where the plain port is gone', async () => {
    const { pem } = await madeCertificate('factory', keyA)
    const start = { ...fresh({ amtVersion: '16.1.25.2124' }), certificate: { certificate: pem, key: keyA } }
    const device = withKeys(start)
    const off = remoteTls({ Enabled: 'false', NonSecureConnectionsSupported: 'false' })
    expect(textOf(device.send(ask.put(tlsSettings, off)).body, 'Detail')).toBe('AMT-STATUS 16')
  })

  it('fails its commit as often as the switch says', () => {
    const device = living({ ...fresh(), uncommitted: true, faults: { ...noFaults, commitFails: 1 } })
    expect([device.invoke(setup, 'CommitChanges').value, device.invoke(setup, 'CommitChanges').value]).toEqual([
      '2057',
      '0'
    ])
  })
})

describe('the ACL table', () => {
  const user = (name: string, more: Record<string, string> = {}) => ({
    DigestUsername: name,
    DigestPassword: digestPassword(name, digestRealm, 'Practice-1!'),
    AccessPermission: '2',
    Realms: '19',
    ...more
  })

  it('adds, lists, changes and removes users, and never lists the administrator', () => {
    const device = living(fresh())
    const add = (values: Record<string, string>) => device.invoke(authorization, 'AddUserAclEntryEx', values).value
    expect([add(user('reader')), add(user('reader')), add(user('second', { Realms: '22' }))]).toEqual([
      '0',
      '2058',
      '2055'
    ])
    expect(add(user('$$hidden'))).toBe('36')
    const list = device.invoke(authorization, 'EnumerateUserAclEntries', { StartIndex: '1' }).body
    expect([textOf(list, 'TotalCount'), textOf(list, 'Handles')]).toEqual(['1', '1'])
    const read = device.invoke(authorization, 'GetUserAclEntryEx', { Handle: '1' }).body
    expect([textOf(read, 'DigestUsername'), textOf(read, 'Realms')]).toEqual(['reader', '19'])
    expect(device.invoke(authorization, 'SetAclEnabledState', { Handle: '1', Enabled: 'false' }).value).toBe('0')
    expect(remoteAccounts(device.state()).map((each) => each.name)).toEqual(['admin'])
    expect(device.invoke(authorization, 'UpdateUserAclEntryEx', { ...user('writer'), Handle: '1' }).value).toBe('0')
    expect(device.invoke(authorization, 'RemoveUserAclEntry', { Handle: '1' }).value).toBe('0')
    expect(device.invoke(authorization, 'RemoveUserAclEntry', { Handle: '1' }).value).toBe('2053')
  })

  it('takes a new password through CIM_Account in hex, and shows none', () => {
    const device = living(fresh())
    const keys = {
      CreationClassName: 'CIM_Account',
      SystemCreationClassName: 'CIM_ComputerSystem',
      SystemName: 'Intel(r) AMT'
    }
    const account = { ...keys, ElementName: 'admin', Name: 'admin', UserID: 'admin' }
    const hex = 'AB'.repeat(16)
    const { status, body } = device.send(ask.put('CIM_Account', { ...account, UserPassword: hex }))
    expect([status, body.includes('UserPassword')]).toEqual([200, false])
    expect(device.state().accounts[0]?.ha1).toBe(hex.toLowerCase())
    const short = device.send(ask.put('CIM_Account', { ...account, UserPassword: 'secret' })).body
    expect(textOf(short, 'Detail')).toBe('AMT-STATUS 2054')
  })

  it('lets a user do what the realms say', () => {
    const device = living(fresh())
    device.invoke(authorization, 'AddUserAclEntryEx', user('reader'))
    const reader = device.state().accounts.find((each) => each.name === 'reader')
    const status = (source: string) => answer(device.state(), source, now, reader).reply
    expect(status(ask.get('AMT_MessageLog')).status).toBe(200)
    expect(status(ask.invoke(setup, 'CommitChanges')).body).toContain('e:AccessDenied')
    expect(status(ask.get('AMT_KerberosSettingData')).body).toContain('e:AccessDenied')
  })
})

describe('Kerberos, consent and Wi-Fi', () => {
  it('hides the master key and asks for a realm', () => {
    const device = living(fresh())
    const name = 'AMT_KerberosSettingData'
    const titles = { ElementName: 'Intel(r) AMT: Kerberos Settings', InstanceID: 'Intel (r) AMT: Kerberos Settings' }
    const on = { ...titles, KrbEnabled: 'true' }
    expect(textOf(device.send(ask.put(name, on)).body, 'Detail')).toBe('AMT-STATUS 36')
    const whole = { ...on, RealmName: 'CORP', MasterKey: 'AAECAwQFBgcICQoLDA0ODw==' }
    expect(device.send(ask.put(name, whole)).body).not.toContain('MasterKey')
    expect(JSON.stringify(device.state())).not.toContain('AAECAwQFBgcICQoLDA0ODw==')
  })

  it('forces consent while the client is in control', () => {
    const device = living({ ...fresh(), controlMode: 1 })
    expect(textOf(device.pulled('IPS_OptInService'), 'OptInRequired')).toBe('4294967295')
  })

  it('adds profiles of their own name and priority', () => {
    const device = living(fresh())
    const name = 'AMT_WiFiPortConfigurationService'
    const add = (id: string, priority: number, phrase = 'long enough') => {
      const part = (tag: string, text: string | number) => `<q:${tag}>${text}</q:${tag}>`
      const profile = [
        part('ElementName', id),
        part('InstanceID', `Intel(r) AMT:WiFi Endpoint Settings ${id}`),
        part('AuthenticationMethod', 6),
        part('EncryptionMethod', 4),
        part('SSID', id),
        part('Priority', priority),
        part('PSKPassPhrase', phrase)
      ]
      const body = `<r:AddWiFiSettings_INPUT xmlns:r="${amt}${name}" xmlns:q="urn:q"><r:WiFiEndpointSettingsInput>${profile.join('')}</r:WiFiEndpointSettingsInput></r:AddWiFiSettings_INPUT>`
      return textOf(device.send(envelope(`${amt}${name}/AddWiFiSettings`, name, body)).body, 'ReturnValue')
    }
    expect([add('one', 1), add('one', 2), add('two', 1), add('two', 2, 'short'), add('two', 2)]).toEqual([
      '0',
      '2058',
      '2067',
      '2070',
      '0'
    ])
    const id = byId('Intel(r) AMT:WiFi Endpoint Settings one')
    expect(device.pulled('CIM_WiFiEndpointSettings')).not.toContain('long enough')
    expect(device.send(remove('CIM_WiFiEndpointSettings', id)).status).toBe(200)
    expect(textOf(device.pulled('CIM_WiFiEndpointSettings'), 'SSID')).toBe('two')
  })
})

describe('CIRA', () => {
  it('adds a server and a rule, and takes both away together', () => {
    const device = living(fresh())
    const server = { AccessInfo: 'mps.example', InfoFormat: '201', Port: '4433', AuthMethod: '2', Username: 'u' }
    const add = () => device.invoke('AMT_RemoteAccessService', 'AddMpServer', server).value
    expect([add(), add()]).toEqual(['0', '2058'])
    const at = reference(`${amt}AMT_ManagementPresenceRemoteSAP`, 'Name', 'Intel(r) AMT:Management Presence Server 0')
    const name = 'AMT_RemoteAccessService'
    const body = `<r:AddRemoteAccessPolicyRule_INPUT xmlns:r="${amt}${name}"><r:Trigger>2</r:Trigger><r:TunnelLifeTime>0</r:TunnelLifeTime><r:ExtendedData>AAAAAAAAABk=</r:ExtendedData><r:MpServer>${at}</r:MpServer></r:AddRemoteAccessPolicyRule_INPUT>`
    const added = device.send(envelope(`${amt}${name}/AddRemoteAccessPolicyRule`, name, body)).body
    expect(textOf(added, 'ReturnValue')).toBe('0')
    expect(device.pulled('AMT_RemoteAccessPolicyAppliesToMPS')).toContain('Periodic')
    const rule = selector('PolicyRuleName', 'Periodic')
    expect(device.send(remove('AMT_RemoteAccessPolicyRule', rule)).status).toBe(200)
    expect(device.pulled('AMT_RemoteAccessPolicyAppliesToMPS')).not.toContain('Periodic')
    expect(device.send(remove('AMT_ManagementPresenceRemoteSAP', '')).status).toBe(200)
    expect(device.pulled('AMT_MPSUsernamePassword')).not.toContain('RemoteID')
  })
})

describe('a setup from the own host', async () => {
  const rootKey = await madeKey()
  const root = await madeCertificate('Practice Root', rootKey)
  const usages = ['1.3.6.1.5.5.7.3.1', '2.16.840.1.113741.1.2.3']
  const leaf = await madeCertificate('setup.corp.example', keyA, {
    issuer: { name: 'Practice Root', key: rootKey },
    usages
  })
  const local = (more = {}, amtVersion = '15.0.23.1706') =>
    living(
      fresh({
        amtVersion,
        setup: { by: 'local', roots: [root.sha256], dnsSuffix: 'corp.example', ...more }
      })
    )
  const hexPassword = createHash('md5').update(`admin:${digestRealm}:Practice-1!`).digest('hex')
  const password = { NetAdminPassEncryptionType: '2', NetworkAdminPassword: hexPassword }

  const hand = (device: ReturnType<typeof living>, der: string, isLeaf: boolean, isRoot: boolean) =>
    device.invoke(hostSetup, 'AddNextCertInChain', {
      NextCertificate: der,
      IsLeafCertificate: String(isLeaf),
      IsRootCertificate: String(isRoot)
    }).value

  const signed = (device: ReturnType<typeof living>, key = keyA, hash = 'sha256') => {
    const nonce = Buffer.from(textOf(device.send(ask.get(hostSetup)).body, 'ConfigurationNonce') ?? '', 'base64')
    expect(nonce).toHaveLength(20)
    const mine = Buffer.alloc(20, 7)
    const signature = createSign(hash)
      .update(Buffer.concat([nonce, mine]))
      .sign(key, 'base64')
    return {
      McNonce: mine.toString('base64'),
      SigningAlgorithm: hash === 'sha256' ? '2' : '3',
      DigitalSignature: signature
    }
  }

  it('leads to client control, and with a chain from there to admin control', () => {
    const device = local()
    expect(device.invoke(hostSetup, 'Setup', { ...password, NetworkAdminPassword: 'no' }).value).toBe('3')
    expect(device.invoke(hostSetup, 'Setup', password).value).toBe('0')
    expect(device.invoke(hostSetup, 'Setup', password).value).toBe('2')
    expect([device.state().controlMode, device.state().provisioningState]).toEqual([1, 2])
    expect(device.invoke(setup, 'SetMEBxPassword', { Password: 'Practice-1!' }).value).toBe('16')
    expect([hand(device, leaf.der, true, false), hand(device, root.der, false, true)]).toEqual(['0', '0'])
    expect(device.invoke(hostSetup, 'UpgradeClientToAdmin', signed(device, keyB)).value).toBe('5')
    expect(device.invoke(hostSetup, 'UpgradeClientToAdmin', signed(device)).value).toBe('0')
    expect(device.state().controlMode).toBe(2)
  })

  it('leads to admin control for the right chain and signature only', () => {
    const device = local()
    expect(device.invoke(hostSetup, 'AdminSetup', { ...password, ...signed(device) }).value).toBe('5')
    expect(hand(device, root.der, false, true)).toBe('1')
    hand(device, leaf.der, true, false)
    expect(hand(device, root.der, false, true)).toBe('0')
    const sha384 = { ...password, ...signed(device), SigningAlgorithm: '3' }
    expect(device.invoke(hostSetup, 'AdminSetup', sha384).value).toBe('3')
    expect(device.invoke(hostSetup, 'AdminSetup', { ...password, ...signed(device) }).value).toBe('0')
    expect([device.state().controlMode, device.state().accounts[0]?.ha1]).toEqual([2, hexPassword])
  })

  it.each([
    ['19.0.0.1835', ['0', '3']],
    ['21.0.0.1200', ['0', '0']],
    ['22.0.0.1100', ['1', '0']]
  ])('in AMT %s takes signatures with SHA-256 and SHA-384 as %j', (amtVersion, expected) => {
    const values = ['sha256', 'sha384'].map((hash) => {
      const device = local({}, amtVersion)
      hand(device, leaf.der, true, false)
      hand(device, root.der, false, true)
      return device.invoke(hostSetup, 'AdminSetup', { ...password, ...signed(device, keyA, hash) }).value
    })
    expect(values).toEqual(expected)
  })

  it.each([
    ['of an unknown root', { roots: [] }],
    ['for another domain', { dnsSuffix: 'other.example' }]
  ])('refuses a chain %s', (_name, more) => {
    const device = local(more)
    hand(device, leaf.der, true, false)
    expect(hand(device, root.der, false, true)).toBe('4')
  })
})

describe('the commit of a setup', () => {
  it('misses MEBx password and administrator, then ends in admin control', () => {
    const device = living(fresh({ amtVersion: '15.0.23.1706', setup: { by: 'remote' } }))
    expect(device.invoke(setup, 'CommitChanges').value).toBe('2057')
    expect(device.invoke(setup, 'SetMEBxPassword', { Password: 'weak' }).value).toBe('2054')
    expect(device.invoke(setup, 'SetMEBxPassword', { Password: 'Practice-1!' }).value).toBe('0')
    expect(device.invoke(setup, 'CommitChanges').value).toBe('2057')
    const admin = { Username: 'admin', DigestPassword: digestPassword('admin', digestRealm, 'Practice-1!') }
    expect(device.invoke(authorization, 'SetAdminAclEntryEx', admin).value).toBe('0')
    expect(device.invoke(setup, 'CommitChanges').value).toBe('0')
    expect([device.state().provisioningState, device.state().controlMode]).toEqual([2, 2])
    expect(JSON.stringify(device.state())).not.toContain('Practice-1!')
  })
})

describe('the ways out', () => {
  it('Unprovision leaves nothing but the MEBx password', () => {
    const device = withKeys()
    device.invoke(management, 'GenerateKeyPair', rsa2048)
    expect(device.invoke(setup, 'Unprovision', { ProvisioningMode: '4' }).value).toBe('36')
    expect(device.invoke(setup, 'Unprovision', { ProvisioningMode: '1' }).value).toBe('0')
    const { keys, accounts, stored, provisioningState, controlMode, mebxSet, generalSettings } = device.state()
    expect({ keys, accounts, stored, provisioningState, controlMode, mebxSet }).toEqual({
      keys: [],
      accounts: [],
      stored: {},
      provisioningState: 0,
      controlMode: 0,
      mebxSet: true
    })
    expect(generalSettings.HostName).toBe('')
    expect(device.state().digestRealm).not.toBe(digestRealm)
    expect(generalSettings.DigestRealm).toBe(device.state().digestRealm)
  })

  it('PartialUnprovision keeps administrator, host and domain, and waits for a setup server', () => {
    const device = living(fresh())
    expect(device.invoke(setup, 'PartialUnprovision').value).toBe('0')
    const { accounts, generalSettings, provisioningState } = device.state()
    expect([accounts.length, generalSettings.HostName, generalSettings.DomainName, provisioningState]).toEqual([
      1,
      'unnamed',
      'old.practice.example',
      1
    ])
    expect(listeningOf(device.state()).tls?.clients).toBe('setup')
  })

  it.each([
    ['11.8.50.3425', '2076'],
    ['15.0.23.1706', '0']
  ])('an auditor blocks it on %s with %s', (amtVersion, expected) => {
    const device = living(fresh({ amtVersion }))
    expect(device.invoke('AMT_AuditLog', 'SetAuditLock', { Flag: '1' }).value).toBe('0')
    expect(device.invoke(setup, 'Unprovision', { ProvisioningMode: '1' }).value).toBe(expected)
  })
})
