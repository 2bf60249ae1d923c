// `amt-migrate wsman invoke` with instances and references as inputs, against a practice device that keeps what it is given.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { PracticeDevice } from '../../electron/simulator/fleet.ts'
import { closeFleets, one } from './simulatorTalk.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wsman-inputs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(closeFleets)

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command line against a device, with the password and these lines on standard input. */
function run(device: PracticeDevice, operation: string, words: readonly string[], ...lines: readonly string[]) {
  const at = ['--port', String(device.port), '--no-tls', '--json']
  const all = [join(root, 'electron/cli.ts'), 'wsman', operation, device.host, ...words, ...at]
  return new Promise<Outcome>((resolve) => {
    const child = spawn(process.execPath, all, { cwd: root })
    let [out, err] = ['', '']
    child.stdout.on('data', (text) => {
      out += text
    })
    child.stderr.on('data', (text) => {
      err += text
    })
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(`${[device.password, ...lines].join('\n')}\n`)
  })
}

const add = ['AMT_WiFiPortConfigurationService.AddWiFiSettings', '--yes']
const endpoint = ['--input', 'WiFiEndpoint=CIM_WiFiEndpoint?Name=WiFi+Endpoint+0']
const office = { InstanceID: 'Office', SSID: 'office', AuthenticationMethod: 6, EncryptionMethod: 4, Priority: 1 }
const typed = (settings: object) => ['--input', `WiFiEndpointSettingsInput=${JSON.stringify(settings)}`]
const passphrase = 'Str0ng & <long>'

async function profiles(device: PracticeDevice): Promise<readonly unknown[]> {
  const { out } = await run(device, 'enumerate', ['CIM_WiFiEndpointSettings'])
  return JSON.parse(out).value.items.map(({ value }: { value: unknown }) => value)
}

describe('a Wi-Fi profile', () => {
  it('typed as JSON, its passphrase asked for, is on the device afterwards', async () => {
    const { device } = await one()
    const settings = typed({ ...office, PSKPassPhrase: null })
    const added = await run(device, 'invoke', [...add, ...endpoint, ...settings], passphrase)
    expect([added.code, JSON.parse(added.out).value.ReturnValue]).toEqual([0, 0])
    expect(await profiles(device)).toMatchObject([{ InstanceID: 'Office', SSID: 'office', Priority: 1 }])
    expect(added.out + added.err).not.toContain('Str0ng')
  })

  it('comes whole from a file, or from standard input', async () => {
    const { device } = await one()
    const resource = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_WiFiEndpoint'
    const inputs = (settings: object) =>
      JSON.stringify({
        WiFiEndpoint: { resource, selectors: { Name: 'WiFi Endpoint 0' } },
        WiFiEndpointSettingsInput: { ...settings, PSKPassPhrase: passphrase }
      })
    const file = join(folder, 'profile.json')
    writeFileSync(file, inputs(office))
    expect((await run(device, 'invoke', [...add, '--inputs', file])).code).toBe(0)
    const home = { ...office, InstanceID: 'Home', SSID: 'home', Priority: 2 }
    expect((await run(device, 'invoke', [...add, '--inputs', '-'], inputs(home))).code).toBe(0)
    expect(await profiles(device)).toMatchObject([{ InstanceID: 'Office' }, { InstanceID: 'Home' }])
  })

  it('with 802.1X carries two instances', async () => {
    const { device } = await one()
    const enterprise = typed({ ...office, AuthenticationMethod: 7 })
    const login = { InstanceID: 'Office', AuthenticationProtocol: 2, Username: 'pc', Password: null }
    const words = [...add, ...endpoint, ...enterprise, '--input', `IEEE8021xSettingsInput=${JSON.stringify(login)}`]
    const added = await run(device, 'invoke', words, 'Pa55 of 802.1X')
    expect(added.code).toBe(0)
    const { out } = await run(device, 'enumerate', ['CIM_IEEE8021xSettings'])
    expect(JSON.parse(out).value.items).toMatchObject([{ value: { InstanceID: 'Office', Username: 'pc' } }])
  })

  it.each([
    ['a passphrase in clear', typed({ ...office, PSKPassPhrase: passphrase }), 'PSKPassPhrase', 'asked for'],
    ['a property it has not', typed({ ...office, Band: 5 }), 'Band', 'EncryptionMethod'],
    ['a number that is none', typed({ ...office, Priority: 'first' }), 'Priority', 'a whole number'],
    ['JSON that breaks off', ['--input', 'WiFiEndpointSettingsInput={"SSID":'], 'WiFiEndpointSettingsInput', 'JSON'],
    ['no JSON in the file', ['--inputs', join(root, 'README.md')], '--inputs', 'JSON']
  ])('with %s is refused before anything is sent', async (_, words, where, expected) => {
    const { device } = await one()
    const before = device.state().messageCounter
    const { code, out, err } = await run(device, 'invoke', [...add, ...endpoint, ...words])
    const { problem } = JSON.parse(out)
    expect([code, problem.code, device.state().messageCounter]).toEqual([1, 'input-refused', before])
    expect(problem.where).toContain(where)
    expect(problem.expected).toContain(expected)
    expect(out + err).not.toContain('Str0ng')
  })
})
