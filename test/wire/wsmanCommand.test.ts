// `amt-migrate wsman` as a program of its own against a device on loopback: what it prints, what it sends, how it ends.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { resourceUri } from '../../electron/wsman/envelope.ts'
import { challenge, messageId, type Peer, type Seen, selfSigned, soapAnswer, startPeer } from './wsmanPeer.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wsman-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command line as it is, with these lines on standard input. */
function run(words: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'electron/cli.ts'), 'wsman', ...words], { cwd: root })
    let out = ''
    let err = ''
    child.stdout.on('data', (text) => {
      out += text
    })
    child.stderr.on('data', (text) => {
      err += text
    })
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.end(input)
  })
}

const peers: Peer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close()
})

const instance = (name: string, inside: string) => `<g:${name} xmlns:g="${resourceUri(name)}">${inside}</g:${name}>`
const output = (name: string, method: string, inside: string) =>
  `<g:${method}_OUTPUT xmlns:g="${resourceUri(name)}">${inside}</g:${method}_OUTPUT>`

/** A device that wants a login and then answers everything with this body. */
async function device(body: string | ((seen: Seen) => string), tls?: Awaited<ReturnType<typeof selfSigned>>) {
  const peer = await startPeer((seen, _, socket) => {
    if (seen.authorization === undefined) return void socket.end(challenge())
    socket.write(soapAnswer(typeof body === 'string' ? body : body(seen), messageId(seen)))
  }, tls)
  peers.push(peer)
  return { peer, at: ['--port', String(peer.port), tls ? '--tls' : '--no-tls'] }
}

const settings = instance(
  'AMT_GeneralSettings',
  '<g:DigestRealm>Digest:A</g:DigestRealm><g:HostName>pc-01</g:HostName><g:IdleWakeTimeout>1</g:IdleWakeTimeout>'
)

describe('get', () => {
  it('takes the password from standard input and prints typed values', async () => {
    const { peer, at } = await device(settings)
    const json = await run(['get', '127.0.0.1', 'AMT_GeneralSettings', ...at, '--json'], 'P@ssw0rd\n')
    expect([json.code, JSON.parse(json.out)]).toEqual([
      0,
      {
        class: 'AMT_GeneralSettings',
        operation: 'Get',
        value: { DigestRealm: 'Digest:A', HostName: 'pc-01', IdleWakeTimeout: 1 }
      }
    ])
    expect(json.err).toContain('without TLS')
    const lines = await run(['get', '127.0.0.1', 'AMT_GeneralSettings', ...at], 'P@ssw0rd\r\n')
    expect(lines.out).toContain('HostName: pc-01\n')
    expect(peer.seen.map(({ body }) => body).join()).not.toContain('P@ssw0rd')
  })

  it('shows a class without a table as text', async () => {
    const { at } = await device(instance('AMT_Unheard', '<g:Count>1</g:Count><g:Two>a</g:Two><g:Two>b</g:Two>'))
    const { code, out } = await run(['get', '127.0.0.1', 'AMT_Unheard', ...at, '--json'], 'P@ssw0rd\n')
    expect([code, JSON.parse(out).value]).toEqual([0, { Count: '1', Two: ['a', 'b'] }])
  })

  it('insists on the pinned certificate, and tells the one it took on trust', async () => {
    const identification = await selfSigned('pc-01')
    const { peer, at } = await device(settings, identification)
    const trusting = await run(['get', '127.0.0.1', 'AMT_GeneralSettings', ...at], 'P@ssw0rd\n')
    expect(trusting.code).toBe(0)
    expect(trusting.err).toContain(`--pin ${identification.fingerprint}`)
    const seen = peer.seen.length
    const other = await run(['get', '127.0.0.1', 'AMT_GeneralSettings', ...at, '--pin', 'ab'.repeat(32), '--json'])
    expect([other.code, JSON.parse(other.out).problem.code]).toEqual([1, 'certificate-changed'])
    expect(peer.seen.length).toBe(seen)
  })

  it('sends nothing when there is no password, and only selectors that were given', async () => {
    const { peer, at } = await device(
      instance('CIM_SoftwareIdentity', '<g:InstanceID>AMT</g:InstanceID><g:VersionString>1</g:VersionString>')
    )
    const none = await run(['get', '127.0.0.1', 'CIM_SoftwareIdentity', ...at, '--json'])
    expect([none.code, JSON.parse(none.out).problem.code]).toEqual([1, 'login-needed'])
    expect(peer.seen.every(({ authorization }) => authorization === undefined)).toBe(true)
    const one = ['get', '127.0.0.1', 'CIM_SoftwareIdentity', ...at, '--selector', 'InstanceID=A=<&>']
    expect((await run(one, 'P@ssw0rd\n')).code).toBe(0)
    expect(peer.seen.at(-1)?.body).toContain('<w:Selector Name="InstanceID">A=&lt;&amp;&gt;</w:Selector>')
  })
})

it('identify needs no password', async () => {
  const { peer, at } = await device('')
  const { code, out } = await run(['identify', '127.0.0.1', ...at, '--json'])
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { operation: 'Identify', value: { amtVersion: '15.0.23.1706', host: '127.0.0.1' } }
  ])
  expect(peer.seen.length).toBe(1)
})

it('enumerate brings all', async () => {
  const ns = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration'
  const chips = `<Items>${instance('CIM_Chip', '<g:Tag>CPU 0</g:Tag>').repeat(2)}</Items><EndOfSequence/>`
  const { at } = await device(({ body }) =>
    body.includes('<Pull ')
      ? `<PullResponse xmlns="${ns}">${chips}</PullResponse>`
      : `<EnumerateResponse xmlns="${ns}"><EnumerationContext>1</EnumerationContext></EnumerateResponse>`
  )
  const { out } = await run(['enumerate', '127.0.0.1', 'CIM_Chip', ...at, '--json'], 'P@ssw0rd\n')
  const { items } = JSON.parse(out).value
  expect(items).toEqual(Array(2).fill({ class: 'CIM_Chip', value: { OperationalStatus: [], Tag: 'CPU 0' } }))
})

describe('invoke', () => {
  const setup = 'AMT_SetupAndConfigurationService'

  it('calls what changes nothing at once', async () => {
    const { at } = await device(
      output(setup, 'GetUuid', '<g:UUID>E67jVdK/u2EXoIiu3XA36g==</g:UUID><g:ReturnValue>0</g:ReturnValue>')
    )
    const { code, out } = await run(['invoke', '127.0.0.1', `${setup}.GetUuid`, ...at, '--json'], 'P@ssw0rd\n')
    expect([code, JSON.parse(out).value]).toEqual([0, { UUID: 'E67jVdK/u2EXoIiu3XA36g==', ReturnValue: 0 }])
  })

  it('calls what changes something only with --yes, and asks for secrets', async () => {
    const { peer, at } = await device(
      output(setup, 'SetMEBxPassword', '<g:Password>N3w&amp;Secret</g:Password><g:ReturnValue>16</g:ReturnValue>')
    )
    const words = ['invoke', '127.0.0.1', `${setup}.SetMEBxPassword`, ...at, '--json']
    const without = await run(words, 'P@ssw0rd\nN3w&Secret\n')
    expect([without.code, JSON.parse(without.out).problem.code, peer.seen.length]).toEqual([1, 'invoke-needs-yes', 0])
    const typed = await run([...words, '--yes', '--input', 'Password=N3w&Secret'])
    expect([typed.code, JSON.parse(typed.out).problem.code, peer.seen.length]).toEqual([1, 'input-refused', 0])
    const asked = await run([...words, '--yes'], 'P@ssw0rd\nN3w&Secret\n')
    expect([asked.code, JSON.parse(asked.out).problem.detail]).toEqual([
      1,
      'SetMEBxPassword ReturnValue 16 (NOT_PERMITTED)'
    ])
    expect(peer.seen.at(-1)?.body).toContain('<r:Password>N3w&amp;Secret</r:Password>')
    for (const { out, err } of [without, typed, asked]) expect(out + err).not.toMatch(/N3w|P@ssw0rd/)
  })

  it('types its inputs, references among them', async () => {
    const { peer, at } = await device(
      output('CIM_PowerManagementService', 'RequestPowerStateChange', '<g:ReturnValue>0</g:ReturnValue>')
    )
    const words = [
      'invoke',
      '127.0.0.1',
      'CIM_PowerManagementService.RequestPowerStateChange',
      ...at,
      '--yes',
      '--json'
    ]
    const system = ['--input', 'ManagedElement=CIM_ComputerSystem?Name=ManagedSystem']
    const wrong = await run([...words, ...system, '--input', 'PowerState=soon'], 'P@ssw0rd\n')
    expect(JSON.parse(wrong.out).problem).toMatchObject({
      code: 'input-refused',
      where: 'RequestPowerStateChange.PowerState'
    })
    expect(peer.seen).toEqual([])
    const right = await run([...words, ...system, '--input', 'PowerState=10'], 'P@ssw0rd\n')
    expect(right.code).toBe(0)
    expect(peer.seen.at(-1)?.body).toContain(
      `<r:PowerState>10</r:PowerState><r:ManagedElement><a:Address>/wsman</a:Address><a:ReferenceParameters><w:ResourceURI>${resourceUri('CIM_ComputerSystem')}</w:ResourceURI><w:SelectorSet><w:Selector Name="Name">ManagedSystem</w:Selector>`
    )
  })
})

describe('wrong use', () => {
  it.each([
    [['get', '127.0.0.1', 'Win32_Chip', '--json'], 1, 'class-unknown'],
    [['invoke', '127.0.0.1', 'AMT_GeneralSettings.Dance', '--json'], 1, 'method-unknown']
  ])('%j ends with %i', async (words, code, problem) => {
    const ended = await run(words as string[])
    expect([ended.code, JSON.parse(ended.out).problem.code]).toEqual([code, problem])
  })

  it('of options ends with 2', async () => {
    for (const words of [['get'], ['get', 'h', 'CIM_Chip', '--port', 'x'], ['get', 'h', 'CIM_Chip', '--pin', 'x']]) {
      expect((await run(words)).code).toBe(2)
    }
  })
})

describe('decode', () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const envelope = (body: string) =>
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`

  it('prints one line for each file, and ends with 1 when one is not understood', async () => {
    const good = file('good.xml', envelope(settings))
    const bad = file('bad.xml', '<html>')
    const fault = file(
      'fault.xml',
      envelope(
        '<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>e:AlreadyExists</s:Value></s:Subcode></s:Code></s:Fault>'
      )
    )
    const understood = await run(['decode', good, fault])
    expect(understood.code).toBe(0)
    const lines = understood.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { file: 'good.xml', class: 'AMT_GeneralSettings', operation: 'Get', value: { HostName: 'pc-01' } },
      { file: 'fault.xml', operation: 'Fault', problem: { code: 'already-exists' } }
    ])
    const not = await run(['decode', bad, good, join(folder, 'none.xml')])
    expect(not.code).toBe(1)
    expect(
      not.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).problem?.code)
    ).toEqual(['answer-garbled', undefined, 'file-gone'])
  })
})
