// Every class the device has must look like the recordings of it: the same properties in the same order, the same prefixes.
import { describe, expect, it } from 'vitest'
import { uriOf } from '../../../electron/simulator/classes/kind.ts'
import { classNames, findClass } from '../../../electron/simulator/classes.ts'
import { readXml, type XmlElement } from '../../../electron/simulator/xml.ts'
import { haveRecordings, recording, recordings } from '../wsman/recordings.ts'
import { ask } from './ask.ts'
import { fresh, living } from './device.ts'
import { madeCertificate, madeKey } from './keys.ts'

const newest = '16.1.25.2124'
const amtVersion = '15.0.23.1706'

const within = (element: XmlElement | undefined, name: string): XmlElement | undefined => {
  if (!element || element.name === name) return element
  for (const each of element.children) {
    const found = within(each, name)
    if (found) return found
  }
  return undefined
}

const namespaces = (text: string): readonly string[] =>
  [...text.matchAll(/xmlns:([ghi])=\s*"([^"]*)"/g)].map((each) => `${each[1]}=${each[2]}`)

/** A device that uses all it has, so that no class is empty. */
async function furnished(version: string) {
  const key = await madeKey()
  const device = living(fresh({ amtVersion: version }), () => key)
  const root = (await madeCertificate('root', await madeKey())).der
  expect(
    device.invoke('AMT_PublicKeyManagementService', 'GenerateKeyPair', { KeyAlgorithm: '0', KeyLength: '2048' }).value
  ).toBe('0')
  expect(
    device.invoke('AMT_PublicKeyManagementService', 'AddTrustedRootCertificate', { CertificateBlob: root }).value
  ).toBe('0')
  const server = { AccessInfo: '192.0.2.1', InfoFormat: '3', Port: '4433', AuthMethod: '2', Username: 'u', CN: 'mps' }
  expect(device.invoke('AMT_RemoteAccessService', 'AddMpServer', server).value).toBe('0')
  const detection = { DetectionAlgorithm: '0', DetectionStrings: 'example.net' }
  const titles = { ElementName: 'Intel(r) AMT Environment Detection Settings' }
  const environment = { ...detection, ...titles, InstanceID: titles.ElementName }
  expect(device.send(ask.put('AMT_EnvironmentDetectionSettingData', environment)).status).toBe(200)
  return device
}

describe('every class', () => {
  it.each(classNames(newest))('%s can be enumerated, and got when it has one instance', (className) => {
    const device = living(fresh({ amtVersion: newest }))
    expect(device.pulled(className)).toContain('<g:EndOfSequence></g:EndOfSequence>')
    const count = findClass(device.state(), uriOf(className))?.of.instances(device.state()).length
    expect(device.send(ask.get(className)).status).toBe(count === 1 ? 200 : 400)
  })

  it('came with its generation and is unreachable before', () => {
    const status = (version: string, className: string): number =>
      living(fresh({ amtVersion: version })).send(ask.enumerate(className)).status
    expect(status('6.1.0.1000', 'IPS_HostBasedSetupService')).toBe(400)
    expect(status('9.1.45.3000', 'IPS_HostBasedSetupService')).toBe(200)
    expect(status('15.0.23.1706', 'IPS_HTTPProxyService')).toBe(400)
  })
})

/** Recordings that were written by hand, or of devices with another configuration or firmware than ours. */
const apart = [
  'amt/hdr8021filter',
  'amt/ethernetport/pull',
  'amt/userinitiatedconnection/get',
  'ips/alarmclock',
  'ips/hostbootreason',
  'ips/http',
  'amt/boot'
]
/** Classes of which a device without the setting has no instance. */
const empty = ['amt/remoteaccess/policy', 'amt/tls/credentialcontext', 'cim/credential', 'cim/wifi/endpointsettings']

describe('recorded shapes', async () => {
  const device = haveRecordings ? await furnished(amtVersion) : undefined
  const paths = recordings('go-wsman-messages', '.xml').filter(
    (path) => /(get|pull)\.xml$/.test(path) && ![...apart, ...empty].some((each) => path.includes(`/${each}`))
  )
  it.runIf(haveRecordings).each(paths)('%s', (path) => {
    const text = recording(path).toString()
    const body = within(readXml(text.slice(text.indexOf('<?xml'))), 'Body')
    const items = body && within(body, 'Items')
    const theirs = (items ?? body)?.children[0]
    if (!device || !theirs) throw new Error('nothing to compare')
    // Classes with several instances are got by selectors; their shape is the same as in an enumeration.
    const got = items ? undefined : device.send(ask.get(theirs.name))
    const reply = got?.status === 200 ? got.body : device.pulled(theirs.name)
    const ours = within(readXml(reply), theirs.name)
    const names = (element: XmlElement | undefined) => [...new Set(element?.children.map((each) => each.name))]
    expect(names(ours)).toEqual(names(theirs))
    if (items || got?.status === 200) expect(namespaces(reply)).toEqual(namespaces(text))
  })
})
