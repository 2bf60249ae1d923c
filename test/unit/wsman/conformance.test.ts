// Our requests against those another library builds: the same names, attributes and text, whatever the prefixes.
import { AMT, CIM, IPS } from '@device-management-toolkit/wsman-messages'
import { describe, expect, it } from 'vitest'
import type { AnyClass } from '../../../electron/wsman/class.ts'
import { classes } from '../../../electron/wsman/classes.ts'
import type { Device } from '../../../electron/wsman/client.ts'
import { pullOperation, resourceUri, writeRequest } from '../../../electron/wsman/envelope.ts'
import type { Reference, Shape, Values } from '../../../electron/wsman/schema.ts'
import type { XmlElement } from '../../../electron/wsman/xml.ts'
import { parsed, writingDevice } from './sent.ts'

type Call = (...given: readonly unknown[]) => string
type Theirs = Readonly<Record<string, Readonly<Record<string, unknown>>>>
const libraries = { AMT, CIM, IPS } as const

/** Where their names are not those of the schema. */
const classNames: Readonly<Record<string, string>> = {
  'AMT.IEEE8021xCredentialContext': 'AMT_8021xCredentialContext',
  'AMT.IEEE8021xProfile': 'AMT_8021XProfile',
  'IPS.IEEE8021xCredentialContext': 'IPS_8021xCredentialContext'
}
const methodNames: Readonly<Record<string, string>> = {
  AddMPS: 'AddMpServer',
  SetAdminACLEntryEx: 'SetAdminAclEntryEx',
  SetMEBXPassword: 'SetMEBxPassword'
}

/** Operations that cannot be compared, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'AMT.KerberosSettingData.SetCredentialCacheState': 'loses its argument'
}

const fresh = (library: string): Theirs => {
  const { Messages } = libraries[library as keyof typeof libraries]
  return new Messages() as unknown as Theirs
}

const instance = (name: string, key: string): Reference => ({
  resource: resourceUri(name),
  selectors: { InstanceID: key }
})
/** The same reference as their builder wants it. */
const asTheirs = (name: string, key: string) => ({
  Address: '/wsman',
  ReferenceParameters: {
    ResourceURI: resourceUri(name),
    SelectorSet: { Selector: [{ _: key, $: { Name: 'InstanceID' } }] }
  }
})

const managedSystem: Reference = {
  resource: resourceUri('CIM_ComputerSystem'),
  selectors: { CreationClassName: 'CIM_ComputerSystem', Name: 'ManagedSystem' }
}
const md5 = new Uint8Array(16).map((_, at) => 16 * at)
const md5Text = Buffer.from(md5).toString('base64')
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const day = Date.UTC(2026, 0, 31, 12)

/** What their method is given, and what ours is; selectors last where a request needs one. */
interface Case {
  readonly theirs: readonly unknown[]
  readonly ours: Readonly<Record<string, unknown>>
  readonly selectors?: Readonly<Record<string, string>>
}

const account = { AccessPermission: 2, Realms: [3, 21], DigestUsername: 'techie', DigestPassword: md5 }
const methods: Readonly<Record<string, Case>> = {
  'AMT.AlarmClockService.AddAlarm': {
    theirs: [{ InstanceID: 'a', ElementName: 'b', StartTime: new Date(day), Interval: 1563, DeleteOnCompletion: true }],
    ours: {
      AlarmTemplate: { InstanceID: 'a', ElementName: 'b', StartTime: day, Interval: 1563, DeleteOnCompletion: true }
    }
  },
  'AMT.AuditLog.ReadRecords': { theirs: [11], ours: { StartIndex: 11 } },
  'AMT.AuthorizationService.AddUserAclEntryEx': { theirs: [2, [3, 21], 'techie', md5Text], ours: account },
  'AMT.AuthorizationService.EnumerateUserAclEntries': { theirs: [1], ours: { StartIndex: 1 } },
  'AMT.AuthorizationService.GetAclEnabledState': { theirs: [5], ours: { Handle: 5 } },
  'AMT.AuthorizationService.GetUserAclEntryEx': { theirs: [5], ours: { Handle: 5 } },
  'AMT.AuthorizationService.RemoveUserAclEntry': { theirs: [5], ours: { Handle: 5 } },
  'AMT.AuthorizationService.SetAclEnabledState': { theirs: [5, true], ours: { Handle: 5, Enabled: true } },
  'AMT.AuthorizationService.SetAdminACLEntryEx': {
    theirs: ['admin', md5Text],
    ours: { Username: 'admin', DigestPassword: md5 }
  },
  'AMT.AuthorizationService.UpdateUserAclEntryEx': {
    theirs: [5, 2, [3, 21], 'techie', md5Text],
    ours: { Handle: 5, ...account }
  },
  'AMT.EthernetPortSettings.SetLinkPreference': {
    theirs: [1, 60],
    ours: { LinkPreference: 1, Timeout: 60 },
    selectors: { InstanceID: 'Intel(r) AMT Ethernet Port Settings 1' }
  },
  'AMT.MessageLog.GetRecords': { theirs: [1], ours: { IterationIdentifier: 1, MaxReadRecords: 390 } },
  'AMT.PublicKeyManagementService.AddCertificate': {
    theirs: [{ CertificateBlob: 'MIIB' }],
    ours: { CertificateBlob: bytes('MIIB') }
  },
  'AMT.PublicKeyManagementService.AddKey': { theirs: ['MIIB'], ours: { KeyBlob: bytes('MIIB') } },
  'AMT.PublicKeyManagementService.AddTrustedRootCertificate': {
    theirs: [{ CertificateBlob: 'MIIB' }],
    ours: { CertificateBlob: bytes('MIIB') }
  },
  'AMT.PublicKeyManagementService.GenerateKeyPair': {
    theirs: [{ KeyAlgorithm: 0, KeyLength: 2048 }],
    ours: { KeyAlgorithm: 0, KeyLength: 2048 }
  },
  'AMT.PublicKeyManagementService.GeneratePKCS10RequestEx': {
    theirs: [
      { KeyPair: asTheirs('AMT_PublicPrivateKeyPair', 'k'), SigningAlgorithm: 1, NullSignedCertificateRequest: 'MIIB' }
    ],
    ours: {
      KeyPair: instance('AMT_PublicPrivateKeyPair', 'k'),
      SigningAlgorithm: 1,
      NullSignedCertificateRequest: bytes('MIIB')
    }
  },
  'AMT.RedirectionService.RequestStateChange': { theirs: [32_771], ours: { RequestedState: 32_771 } },
  'AMT.RemoteAccessService.AddMPS': {
    theirs: [
      { AccessInfo: 'mps', InfoFormat: 201, Port: 4433, AuthMethod: 2, Username: 'u', Password: 'p', CommonName: 'cn' }
    ],
    ours: { AccessInfo: 'mps', InfoFormat: 201, Port: 4433, AuthMethod: 2, Username: 'u', Password: 'p', CN: 'cn' }
  },
  'AMT.RemoteAccessService.AddRemoteAccessPolicyRule': {
    theirs: [
      { Trigger: 2, TunnelLifeTime: 0, ExtendedData: 'AAAAAAAAABk=' },
      { name: 'Name', value: 'mps 0' }
    ],
    ours: {
      Trigger: 2,
      TunnelLifeTime: 0,
      ExtendedData: bytes('AAAAAAAAABk='),
      MpServer: [{ resource: resourceUri('AMT_ManagementPresenceRemoteSAP'), selectors: { Name: 'mps 0' } }]
    }
  },
  'AMT.SetupAndConfigurationService.SetMEBXPassword': { theirs: ['P@ssw0rd'], ours: { Password: 'P@ssw0rd' } },
  'AMT.SetupAndConfigurationService.Unprovision': { theirs: [1], ours: { ProvisioningMode: 1 } },
  'AMT.TimeSynchronizationService.SetHighAccuracyTimeSynch': {
    theirs: [1, 2, 3],
    ours: { Ta0: 1, Tm1: 2, Tm2: 3 }
  },
  'AMT.UserInitiatedConnectionService.RequestStateChange': { theirs: [32_768], ours: { RequestedState: 32_768 } },
  'AMT.WiFiPortConfigurationService.AddWiFiSettings': {
    theirs: [
      {
        ElementName: 'home',
        InstanceID: 'i',
        AuthenticationMethod: 7,
        EncryptionMethod: 4,
        SSID: 's',
        Priority: 1,
        PSKPassPhrase: 'a<&>"\'b'
      },
      { name: 'Name', value: 'WiFi Endpoint 0' },
      { ElementName: '8021x', InstanceID: 'j', AuthenticationProtocol: 0, Username: 'u' },
      'Intel(r) AMT Certificate: Handle: 1',
      'Intel(r) AMT Certificate: Handle: 2'
    ],
    ours: {
      WiFiEndpoint: { resource: resourceUri('CIM_WiFiEndpoint'), selectors: { Name: 'WiFi Endpoint 0' } },
      WiFiEndpointSettingsInput: {
        ElementName: 'home',
        InstanceID: 'i',
        AuthenticationMethod: 7,
        EncryptionMethod: 4,
        SSID: 's',
        Priority: 1,
        PSKPassPhrase: 'a<&>"\'b'
      },
      IEEE8021xSettingsInput: { ElementName: '8021x', InstanceID: 'j', AuthenticationProtocol: 0, Username: 'u' },
      ClientCredential: instance('AMT_PublicKeyCertificate', 'Intel(r) AMT Certificate: Handle: 1'),
      CACredential: instance('AMT_PublicKeyCertificate', 'Intel(r) AMT Certificate: Handle: 2')
    }
  },
  'CIM.BootConfigSetting.ChangeBootOrder': {
    theirs: ['Intel(r) AMT: Force PXE Boot'],
    ours: { Source: [instance('CIM_BootSourceSetting', 'Intel(r) AMT: Force PXE Boot')] }
  },
  'CIM.BootService.SetBootConfigRole': {
    theirs: ['Intel(r) AMT: Boot Configuration 0', 1],
    ours: { BootConfigSetting: instance('CIM_BootConfigSetting', 'Intel(r) AMT: Boot Configuration 0'), Role: 1 }
  },
  'CIM.BootService.RequestStateChange': { theirs: [2], ours: { RequestedState: 2 } },
  'CIM.KVMRedirectionSAP.RequestStateChange': { theirs: [2], ours: { RequestedState: 2 } },
  'CIM.PowerManagementService.RequestPowerStateChange': {
    theirs: [10],
    ours: { PowerState: 10, ManagedElement: managedSystem }
  },
  'CIM.WiFiPort.RequestStateChange': { theirs: [32_769], ours: { RequestedState: 32_769 } },
  'IPS.HostBasedSetupService.AddNextCertInChain': {
    theirs: ['MIIB', true, false],
    ours: { NextCertificate: bytes('MIIB'), IsLeafCertificate: true, IsRootCertificate: false }
  },
  'IPS.HostBasedSetupService.AdminSetup': {
    theirs: [2, 'ab'.repeat(16), 'AAEC', 2, 'MIIB'],
    ours: {
      NetAdminPassEncryptionType: 2,
      NetworkAdminPassword: 'ab'.repeat(16),
      McNonce: bytes('AAEC'),
      SigningAlgorithm: 2,
      DigitalSignature: bytes('MIIB')
    }
  },
  'IPS.HostBasedSetupService.Setup': {
    theirs: [2, 'ab'.repeat(16)],
    ours: { NetAdminPassEncryptionType: 2, NetworkAdminPassword: 'ab'.repeat(16) }
  },
  'IPS.HostBasedSetupService.UpgradeClientToAdmin': {
    theirs: ['AAEC', 2, 'MIIB'],
    ours: { McNonce: bytes('AAEC'), SigningAlgorithm: 2, DigitalSignature: bytes('MIIB') }
  },
  'IPS.HTTPProxyAccessPoint.UpdatePriority': { theirs: [2], ours: { Priority: 2 } },
  'IPS.HTTPProxyService.AddProxyAccessPoint': {
    theirs: [{ AccessInfo: 'proxy', InfoFormat: 201, Port: 8080, NetworkDnsSuffix: 'corp' }],
    ours: { AccessInfo: 'proxy', InfoFormat: 201, Port: 8080, NetworkDnsSuffix: 'corp' }
  },
  'IPS.IEEE8021xSettings.SetCertificates': {
    theirs: [asTheirs('AMT_PublicKeyCertificate', 'r'), asTheirs('AMT_PublicKeyCertificate', 'c')],
    ours: {
      ServerCertificateIssuer: instance('AMT_PublicKeyCertificate', 'r'),
      ClientCertificate: instance('AMT_PublicKeyCertificate', 'c')
    }
  },
  'IPS.OptInService.SendOptInCode': { theirs: [123_456], ours: { OptInCode: 123_456 } },
  'IPS.PowerManagementService.RequestOSPowerSavingStateChange': {
    theirs: [2],
    ours: { OSPowerSavingState: 2, ManagedElement: managedSystem }
  }
}

/** Properties put or created, in the order of the alphabet, in which the client writes them. */
const puts: Readonly<Record<string, Case>> = {
  'AMT.AlarmClockService': { theirs: [], ours: { ElementName: 'e', Name: 'n' } },
  'AMT.BootSettingData': { theirs: [], ours: { BIOSPause: false, BootMediaIndex: 0, InstanceID: 'i', UseSOL: true } },
  'AMT.EnvironmentDetectionSettingData': {
    theirs: [],
    ours: { DetectionAlgorithm: 0, DetectionStrings: ['a.com', 'b.com'], InstanceID: 'i' }
  },
  'AMT.EthernetPortSettings': { theirs: [], ours: { DHCPEnabled: true, InstanceID: 'i', IpSyncEnabled: true } },
  'AMT.GeneralSettings': { theirs: [], ours: { DomainName: 'corp', HostName: 'pc', SharedFQDN: false } },
  'AMT.IEEE8021xProfile': { theirs: [], ours: { ActiveInS0: true, Enabled: false, InstanceID: 'i' } },
  'AMT.MPSUsernamePassword': { theirs: [], ours: { InstanceID: 'i', RemoteID: 'u', Secret: 's' } },
  'AMT.PublicKeyCertificate': { theirs: [], ours: { InstanceID: 'i', TrustedRootCertficate: true } },
  'AMT.RedirectionService': { theirs: [], ours: { EnabledState: 32_771, ListenerEnabled: true } },
  'AMT.RemoteAccessPolicyAppliesToMPS': { theirs: [], ours: { MpsType: 2, OrderOfAccess: 0 } },
  'AMT.RemoteAccessPolicyRule': { theirs: [], ours: { PolicyRuleName: 'Periodic', Trigger: 2, TunnelLifeTime: 0 } },
  'AMT.SetupAndConfigurationService': { theirs: [], ours: { PasswordModel: 1, ProvisioningMode: 1 } },
  'AMT.TLSSettingData': {
    theirs: [],
    ours: { AcceptNonSecureConnections: true, Enabled: true, InstanceID: 'i', MutualAuthentication: false }
  },
  'AMT.WiFiPortConfigurationService': {
    theirs: [{ name: 'Name', value: 'Intel(r) AMT WiFi Port Configuration Service' }],
    ours: { Name: 'n', localProfileSynchronizationEnabled: 1 },
    selectors: { Name: 'Intel(r) AMT WiFi Port Configuration Service' }
  },
  'IPS.IEEE8021xSettings': { theirs: [], ours: { AvailableInS0: false, Enabled: 3, InstanceID: 'i', PxeTimeout: 120 } },
  'IPS.KVMRedirectionSettingData': { theirs: [], ours: { Is5900PortEnabled: false, RFBPassword: 'P@ssw0rd' } },
  'IPS.OptInService': { theirs: [], ours: { OptInCodeTimeout: 120, OptInRequired: 0 } }
}

interface Tree {
  readonly name: string
  readonly attrs: readonly (readonly [string, string])[]
  readonly text: string
  readonly inside: readonly Tree[]
}

/** The infoset, but for what differs by design: MessageID, and the address in a reference (any is taken). */
function canonical(element: XmlElement): Tree {
  return {
    name: `{${element.ns}}${element.local}`,
    attrs: [...element.attrs].filter(([name]) => !/^(?:xmlns$|\{http:..www.w3.org.2000.xmlns.\})/.test(name)).sort(),
    text: element.children.length > 0 || element.local === 'Address' ? '' : element.text,
    inside: element.children.filter(({ local }) => local !== 'MessageID').map(canonical)
  }
}
const infoset = (xml: string) => canonical(parsed(xml))

type Callable = Readonly<Record<string, (device: Device, ...given: readonly unknown[]) => Promise<unknown>>>
const ourClass = (library: string, name: string): AnyClass & Callable => {
  const found = classes.get(classNames[`${library}.${name}`] ?? `${library}_${name}`)
  if (found === undefined) throw new Error(`no class for ${library}.${name}`)
  return found as AnyClass & Callable
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

async function ourRequest(one: AnyClass & Callable, operation: string, given: readonly unknown[]): Promise<string> {
  const { device, sent } = writingDevice()
  const call = one[lowerFirst(operation)]
  if (call === undefined) throw new Error(`${one.name} has no ${operation}`)
  await call(device, ...given)
  return sent.at(-1) ?? ''
}

const operations = Object.keys(libraries).flatMap((library) =>
  Object.entries(fresh(library)).flatMap(([name, one]) =>
    typeof one !== 'object' || !('className' in one)
      ? []
      : Object.keys(one)
          .filter((key) => typeof one[key] === 'function' && !key.startsWith('protected'))
          .map((operation) => ({ id: `${library}.${name}.${operation}`, library, name, operation }))
  )
)

const theirRequest = (library: string, name: string, operation: string, given: readonly unknown[]): string =>
  (fresh(library)[name] as Readonly<Record<string, Call>>)[operation]?.(...structuredClone(given)) ?? ''

describe('the same infoset as wsman-messages', () => {
  it('is asked of everything it can build', () => {
    expect(operations.length).toBeGreaterThan(200)
  })

  it.each(operations.filter(({ id }) => exceptions[id] === undefined))(
    '$id',
    async ({ id, library, name, operation }) => {
      const one = ourClass(library, name)
      const selectors = { InstanceID: 'one' }
      const theirSelector = { name: 'InstanceID', value: 'one' }
      const put = puts[`${library}.${name}`]
      const theirs = (...given: readonly unknown[]) => infoset(theirRequest(library, name, operation, given))
      if (operation === 'Pull') {
        const pull = writeRequest(pullOperation({ resource: one.resource }, '42'), '0')
        expect(pull.ok && infoset(pull.value)).toEqual(theirs('42'))
      } else if (operation === 'Get') {
        expect(infoset(await ourRequest(one, 'Get', []))).toEqual(theirs())
        expect(infoset(await ourRequest(one, 'Get', [selectors]))).toEqual(theirs(theirSelector))
      } else if (operation === 'Enumerate') {
        expect(infoset(await ourRequest(one, 'Enumerate', []))).toEqual(theirs())
      } else if (operation === 'Delete') {
        expect(infoset(await ourRequest(one, 'Delete', [selectors]))).toEqual(theirs(theirSelector))
      } else if (id === 'AMT.TLSCredentialContext.Create') {
        const values = {
          ElementInContext: instance('AMT_PublicKeyCertificate', 'c'),
          ElementProvidingContext: {
            resource: resourceUri('AMT_TLSProtocolEndpointCollection'),
            selectors: { ElementName: 'TLSProtocolEndpointInstances Collection' }
          }
        }
        expect(infoset(await ourRequest(one, 'Create', [values]))).toEqual(theirs('c'))
      } else if (id === 'AMT.RemoteAccessPolicyAppliesToMPS.Create') {
        const values = { MpsType: 2, OrderOfAccess: 0 }
        expect(infoset(await ourRequest(one, 'Create', [values]))).toEqual(theirs(values))
      } else if (operation === 'Put') {
        if (put === undefined) throw new Error(`no properties for ${id}`)
        const data = library === 'IPS' && name === 'OptInService' ? { IPS_OptInService: put.ours } : put.ours
        const before = { raw: parsed(`<${one.name} xmlns="${one.resource}"/>`), values: put.ours as Values<Shape> }
        const ours = await ourRequest(one, 'Put', [before, put.ours, ...(put.selectors ? [put.selectors] : [])])
        expect(infoset(ours)).toEqual(theirs(data, ...put.theirs))
      } else {
        const method = methodNames[operation] ?? operation
        const { theirs: args, ours, selectors: at } = methods[id] ?? { theirs: [], ours: {} }
        const table = one.table.methods?.[method]
        expect(table, `${one.name}.${method}`).toBeDefined()
        const request = await invokeDeclared(one, method, ours, at)
        expect(infoset(request)).toEqual(theirs(...args))
      }
    }
  )
})

describe('references as selectors', () => {
  it('are written alike', async () => {
    const certificate = instance('AMT_PublicKeyCertificate', 'Intel(r) AMT Certificate: Handle: 1')
    const { ReferenceParameters } = asTheirs('AMT_PublicKeyCertificate', 'Intel(r) AMT Certificate: Handle: 1')
    const [Selector] = ReferenceParameters.SelectorSet.Selector
    const theirs = {
      ElementInContext: {
        Address: '/wsman',
        ReferenceParameters: { ...ReferenceParameters, SelectorSet: { Selector } }
      }
    }
    const ours = await ourRequest(ourClass('AMT', 'TLSCredentialContext'), 'Delete', [
      { ElementInContext: certificate }
    ])
    expect(infoset(ours)).toEqual(infoset(theirRequest('AMT', 'TLSCredentialContext', 'Delete', [theirs])))
  })
})

describe('values', () => {
  it('are escaped by us, and not by them: so only plain ones are compared', async () => {
    const password = 'A<b>&"c1'
    const ours = await ourRequest(ourClass('AMT', 'SetupAndConfigurationService'), 'SetMEBxPassword', [
      { Password: password }
    ])
    expect(JSON.stringify(infoset(ours))).toContain(JSON.stringify(password).slice(1, -1))
    expect(() => infoset(theirRequest('AMT', 'SetupAndConfigurationService', 'SetMEBXPassword', [password]))).toThrow()
  })
})

/** By the table, so that a convenience of the same name (it hashes, it converts) stays out of the way. */
async function invokeDeclared(
  one: AnyClass,
  method: string,
  values: Readonly<Record<string, unknown>>,
  selectors?: Readonly<Record<string, string>>
): Promise<string> {
  const { defineClass } = await import('../../../electron/wsman/class.ts')
  const declared = defineClass(one.name, one.table) as unknown as AnyClass & Callable
  return ourRequest(declared, method, [values, ...(selectors ? [selectors] : [])])
}
