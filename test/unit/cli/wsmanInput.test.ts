// Inputs as a person gives them: pairs, JSON for instances and references, secrets asked for, and what is refused.
import { describe, expect, it } from 'vitest'
import {
  inputsOf,
  type JsonObject,
  parseObject,
  secretIn,
  typedInputs,
  withSecrets
} from '../../../electron/cli/wsmanInput.ts'
import { wiFiPortConfigurationService } from '../../../electron/wsman/amt/wiFiPortConfigurationService.ts'
import { resourceUri } from '../../../electron/wsman/envelope.ts'
import { boolean, list, optional, reference, required, string } from '../../../electron/wsman/schema.ts'

const shape = wiFiPortConfigurationService.table.methods.AddWiFiSettings.input
const endpoint = { resource: resourceUri('CIM_WiFiEndpoint'), selectors: { Name: 'WiFi Endpoint 0' } }
const profile = { InstanceID: 'Office', SSID: 'office', Priority: 1, PSKPassPhrase: null }
const problemOf = (inputs: JsonObject) => {
  const read = inputsOf('AddWiFiSettings', shape, inputs)
  return read.ok ? undefined : [read.problem.code, read.problem.where, read.problem.expected]
}

describe('inputs', () => {
  it('are instances and references as JSON, and references as they are typed', () => {
    const typed = inputsOf('AddWiFiSettings', shape, {
      WiFiEndpoint: 'CIM_WiFiEndpoint?Name=WiFi+Endpoint+0',
      WiFiEndpointSettingsInput: { ...profile, PSKPassPhrase: 'x', Keys: ['a', 'b'] }
    })
    expect(typed.ok && typed.value).toMatchObject({
      WiFiEndpoint: endpoint,
      WiFiEndpointSettingsInput: { SSID: 'office', Priority: 1, Keys: ['a', 'b'], PSKPassPhrase: 'x' }
    })
    const asJson = inputsOf('AddWiFiSettings', shape, {
      WiFiEndpoint: endpoint,
      WiFiEndpointSettingsInput: { InstanceID: 'Office' }
    })
    expect(asJson.ok && asJson.value.WiFiEndpoint).toEqual(endpoint)
  })

  it('of references may be selected by references', () => {
    const nested = { resource: resourceUri('CIM_CredentialContext'), selectors: { ElementInContext: endpoint } }
    const read = inputsOf('Use', { Context: required(reference) }, { Context: nested })
    expect(read.ok && read.value.Context).toEqual(nested)
  })

  it('come from typed pairs, several of one name as a list', () => {
    const lists = { Name: list(string), On: optional(boolean) }
    const typed = typedInputs('Use', lists, [
      ['Name', 'a'],
      ['Name', '{b'],
      ['On', 'true']
    ])
    const read = typed.ok ? inputsOf('Use', lists, typed.value) : undefined
    expect(read?.ok && read.value).toEqual({ Name: ['a', '{b'], On: true })
  })

  const settings = { InstanceID: 'Office' }
  it.each<[string, JsonObject, string, string]>([
    ['an unknown input', { Dance: 'x' }, 'Dance', 'WiFiEndpoint, WiFiEndpointSettingsInput'],
    ['a missing one', { WiFiEndpointSettingsInput: settings }, 'AddWiFiSettings.WiFiEndpoint', 'one value'],
    ['a text for an instance', { WiFiEndpointSettingsInput: 'x' }, 'WiFiEndpointSettingsInput', 'one JSON object'],
    [
      'an unknown property',
      { WiFiEndpointSettingsInput: { ...settings, Ssid: 'x' } },
      'WiFiEndpointSettingsInput.Ssid',
      'ElementName, InstanceID'
    ],
    [
      'a missing property',
      { WiFiEndpoint: endpoint, WiFiEndpointSettingsInput: {} },
      'WiFiEndpointSettingsInput.InstanceID',
      'one value'
    ],
    [
      'a property of another type',
      { WiFiEndpoint: endpoint, WiFiEndpointSettingsInput: { ...settings, Priority: 'high' } },
      'WiFiEndpointSettingsInput.Priority',
      'a whole number'
    ],
    [
      'an object for a text',
      { WiFiEndpointSettingsInput: { ...settings, SSID: {} } },
      'WiFiEndpointSettingsInput.SSID',
      'a text, a number'
    ],
    [
      'nothing for a text',
      { WiFiEndpointSettingsInput: { ...settings, SSID: null } },
      'WiFiEndpointSettingsInput.SSID',
      'a text'
    ],
    ['a text for a reference', { WiFiEndpoint: 'WiFi Endpoint 0' }, 'WiFiEndpoint', 'CLASS?KEY=VALUE'],
    ['half a reference', { WiFiEndpoint: { selectors: {} } }, 'WiFiEndpoint', 'CLASS?KEY=VALUE'],
    ['a reference with more', { WiFiEndpoint: { ...endpoint, to: 'x' } }, 'WiFiEndpoint', 'CLASS?KEY=VALUE'],
    ['__proto__', parseObject('{"__proto__":{}}') ?? {}, '__proto__', 'WiFiEndpoint']
  ])('refuse %s', (_, inputs, where, expected) => {
    const problem = problemOf(inputs)
    expect(problem?.slice(0, 2)).toEqual(['input-refused', where])
    expect(problem?.[2]).toContain(expected)
  })

  it.each([['{"SSID":'], ['["x"]'], ['x'], ['null']])('refuse %s where an instance is typed', (text) => {
    const typed = typedInputs('AddWiFiSettings', shape, [['WiFiEndpointSettingsInput', text]])
    expect(typed.ok ? undefined : [typed.problem.where, typed.problem.found]).toEqual([
      'WiFiEndpointSettingsInput',
      undefined
    ])
  })
})

describe('secrets', () => {
  it('are found wherever they are in clear', () => {
    const where = 'WiFiEndpointSettingsInput.PSKPassPhrase'
    expect(secretIn({ WiFiEndpointSettingsInput: profile })).toBeUndefined()
    expect(secretIn({ WiFiEndpointSettingsInput: [{ ...profile, PSKPassPhrase: 'x' }] })).toBe(where)
    expect(secretIn({ Password: ['x'] })).toBe('Password')
  })

  it('are asked for where null stands, and at the top where nothing does', async () => {
    const asked: string[] = []
    const ask = async (what: string) => {
      asked.push(what)
      return what === 'Other.Password' ? '' : 'secret'
    }
    const inputs = { WiFiEndpointSettingsInput: profile, Other: { Password: null, Name: 'x' } }
    expect(await withSecrets(inputs, { Password: required(string) }, ask)).toEqual({
      WiFiEndpointSettingsInput: { ...profile, PSKPassPhrase: 'secret' },
      Other: { Name: 'x' },
      Password: 'secret'
    })
    expect(asked).toEqual(['WiFiEndpointSettingsInput.PSKPassPhrase', 'Other.Password', 'Password'])
  })
})
