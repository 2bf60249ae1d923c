// Secrets that are handed over: one form for every descriptor; what is malformed is told without being shown.
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { readHanded, takeHanded } from '../../../electron/cli/handed.ts'
import { keptSlot, openSecrets } from '../../../electron/cli/secrets.ts'
import { vaultOf } from '../../../electron/vault.ts'
import { passphraseRule } from '../../../shared/password.ts'
import { asIfTyped, owedSecrets } from '../../../shared/profile/owed.ts'
import { profileGaps } from '../../../shared/profile/rules.ts'
import { defaultProfile, type Profile, secretSlots } from '../../../shared/profile.ts'
import { benchKeychain, value } from '../../bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'amt-handed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const piped = (text: string | Uint8Array): PassThrough => {
  const stream = new PassThrough()
  stream.end(text)
  return stream
}

describe('the lines', () => {
  test('NAME=VALUE and JSON beside each other; a value may hold = and blanks; one name may come twice', () => {
    const text = '\ufeffaccount:admin=a=b \r\n\n{"name": "wifi:a=b", "value": "c\\td"}\naccount:admin=second\n'
    const handed = value(readHanded(text, 'standard input'))
    expect([handed.take('account:admin'), handed.take('wifi:a=b')]).toEqual(['a=b ', 'c\td'])
    expect(handed.spent([])).toMatchObject({ ok: false, problem: { where: 'line 4 of standard input' } })
    expect([handed.take('account:admin'), handed.take('account:admin')]).toEqual(['second', undefined])
    expect(handed.spent([]).ok).toBe(true)
  })

  test.each([
    ['Geheim-1!', 'a line without ='],
    ['=Geheim-1!', 'a line without a name before ='],
    ['Geheim-1!=', 'a line without a value after ='],
    ['{"Geheim-1!"', 'a line that begins with { and is not JSON'],
    ['{"name": "Geheim-1!"}', 'JSON without the two texts'],
    ['{"name": "x", "value": ""}', 'JSON without the two texts'],
    ['{"name": "x", "value": "y", "Geheim-1!": 1}', 'JSON without the two texts']
  ])('%s is refused, and not shown', (line, why) => {
    const read = readHanded(`mebx-password=x\n${line}`, 'descriptor 3')
    expect(read).toMatchObject({ ok: false, problem: { code: 'secrets-malformed', where: 'line 2 of descriptor 3' } })
    expect(read.ok ? '' : read.problem.found).toContain(why)
    expect(JSON.stringify(read)).not.toContain('Geheim')
  })

  test('what nobody asks for is told by its line and never by its name, which may be a password with = in it', () => {
    const handed = value(readHanded('Geheim=1!\n', 'descriptor 3'))
    const spent = handed.spent(['account:admin', 'account:admin'])
    expect(spent).toMatchObject({
      problem: { code: 'secret-unasked', where: 'line 1 of descriptor 3', expected: 'account:admin' }
    })
    expect(JSON.stringify(spent)).not.toContain('Geheim')
  })
})

describe('the descriptor', () => {
  test('a file is read from where it was opened', async () => {
    const file = join(folder, 'secrets')
    writeFileSync(file, 'admin-password=x')
    const descriptor = openSync(file, 'r')
    const handed = value(await takeHanded(descriptor, piped('')))
    closeSync(descriptor)
    expect(handed.take('admin-password')).toBe('x')
  })

  test('one that is not open, a folder, too much, and what is no text: a Problem each', async () => {
    const descriptor = openSync(folder, 'r')
    const ends = [
      await takeHanded(999, piped('')),
      await takeHanded(descriptor, piped('')),
      await takeHanded(0, piped('x'.repeat(300_000))),
      await takeHanded(0, piped(Buffer.from([0x61, 0x3d, 0xff, 0xfe])))
    ]
    closeSync(descriptor)
    for (const end of ends) expect(end).toMatchObject({ ok: false, problem: { code: 'secrets-unreadable' } })
  })
})

describe('the sources', () => {
  const terminal = (...answers: string[]) => {
    const asked: string[] = []
    const ask = async (what: string) => {
      asked.push(what)
      return answers.shift()
    }
    return { asked, asking: { ask, close: () => undefined } }
  }

  test('handed over goes before the keychain, and that before the terminal', async () => {
    const keychain = benchKeychain()
    const vault = vaultOf(keychain, { kind: 'keychain', words: '' })
    for (const name of ['a', 'account:b']) value(await vault.keep(keptSlot(name), 'kept'))
    const { asked, asking } = terminal('typed')
    const file = join(folder, 'order')
    writeFileSync(file, 'a=handed')
    const descriptor = openSync(file, 'r')
    const heard: string[] = []
    const sources = { terminal: asking, descriptor, input: piped('') }
    const secrets = value(await openSecrets(sources, vault, (name) => heard.push(name)))
    closeSync(descriptor)
    const found = [
      value(await secrets.find('a', 'A')),
      value(await secrets.find('account:b', 'B')),
      // A second account of the same name has another password, and the keychain holds one.
      value(await secrets.find('account:b', 'B again'))
    ]
    expect([found, asked, heard]).toEqual([['handed', 'kept', 'typed'], ['B again'], ['account:b']])
    expect((await secrets.find('c', 'C')).ok).toBe(false)
  })

  test('without a terminal standard input is read, but only when something is asked for', async () => {
    const never = new PassThrough()
    const quiet = value(await openSecrets({ terminal: undefined, descriptor: undefined, input: never }, undefined))
    expect(value(await quiet.look('wifi:x'))).toBeUndefined()
    expect(quiet.spent().ok).toBe(true)
    const sources = { terminal: undefined, descriptor: undefined, input: piped('mebx-password=x\n') }
    const secrets = value(await openSecrets(sources, undefined))
    expect(value(await secrets.find('mebx-password', 'MEBx'))).toBe('x')
    const missing = await secrets.find('admin-password', 'New admin password')
    expect(missing).toMatchObject({ problem: { code: 'answer-missing', where: 'New admin password' } })
    expect(missing.ok ? '' : missing.problem.remedy).toContain('"admin-password=…"')
  })
})

describe('what a profile asks for', () => {
  const every: Profile = {
    ...defaultProfile,
    password: { kind: 'given' },
    mebx: { kind: 'given' },
    users: {
      kind: 'add',
      list: [
        { id: 'u', by: 'digest', name: 'helpdesk', access: 'network', realms: [2] },
        { id: 'k', by: 'kerberos', name: 'Ops', sid: 'S-1-5-21-1-2-3-4', access: 'network', realms: [2] }
      ]
    },
    wifi: { kind: 'add', list: [{ id: 'w', ssid: 'Office', security: 'wpa2' }] },
    wired8021x: {
      kind: 'on',
      settings: { method: 'peap', username: 'amt', domain: '', serverName: '', root: 'f'.repeat(64) }
    },
    roots: [{ name: 'Root', pem: '', fingerprint: 'f'.repeat(64) }],
    remoteAccess: { kind: 'server', server: { host: 'mps.example', port: 4433, username: 'amt', every: 30 } },
    environment: { kind: 'domains', domains: ['corp.example'] }
  }

  test('each secret once; with all of them nothing is missing any more', () => {
    const owed = owedSecrets(every)
    expect(owed.map(({ name }) => name)).toEqual([
      'admin-password',
      'mebx-password',
      'user:helpdesk',
      'wifi:Office',
      '802.1x',
      'presence-server'
    ])
    expect(profileGaps(every)).toEqual(owed.map(({ gap }) => gap))
    const full = asIfTyped(every)
    expect([owedSecrets(full), profileGaps(full), secretSlots(full).length]).toEqual([[], [], 6])
    expect(owedSecrets({ ...every, cleanUp: 'full' })).toEqual([])
  })

  test('what AMT would refuse is refused before it is kept', () => {
    const lacks = Object.fromEntries(
      owedSecrets(every).map((secret) => [secret.name, secret.lacks('short').length > 0])
    )
    expect(lacks).toEqual({
      'admin-password': true,
      'mebx-password': true,
      'user:helpdesk': true,
      'wifi:Office': true,
      '802.1x': false,
      'presence-server': false
    })
    expect([passphraseRule('x'.repeat(63)), passphraseRule('x'.repeat(64)).length]).toEqual([[], 1])
    expect(passphraseRule('ärgerlich')).toHaveLength(1)
  })
})

test.skipIf(process.platform === 'win32')('a shell hands a descriptor over, and a pipe too', () => {
  const program = join(import.meta.dirname, '../../../electron/cli/handed.ts')
  const script = (wait: number): string => `import(${JSON.stringify(program)}).then(async ({ takeHanded }) => {
    const read = await takeHanded(3, process.stdin, ${wait})
    console.log(read.ok ? read.value.take('mebx-password') : read.problem.code)
  })`
  const start = (how: string, wait = 10_000): string =>
    execFileSync('bash', ['-c', `"$0" --input-type=module -e "$1" ${how}`, process.execPath, script(wait)], {
      encoding: 'utf8'
    }).trim()
  expect(start('3<<<"mebx-password=x"')).toBe('x')
  expect(start('3< <(echo mebx-password=y)')).toBe('y')
  expect(start('3<&-')).toBe('secrets-unreadable')
  // A pipe that says nothing is no reason to wait for ever.
  expect(start('3< <(sleep 8 2>&-)', 50)).toBe('secrets-unreadable')
  expect(start('3< <(sleep 0.1; echo mebx-password=z)')).toBe('z')
})
