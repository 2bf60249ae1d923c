import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanCopy, holdsSecrets } from '../../../electron/intake/cleanCopy.ts'
import { readTable } from '../../../electron/intake/table.ts'
import { listText } from '../../../electron/intake/write.ts'
import type { Field } from '../../../shared/computer.ts'

const guid = '4c4c4544-0042-3510-8051-b4c04f4a3153'

async function cleaned(text: string, fields: readonly (Field | null)[]) {
  const read = await readTable(new TextEncoder().encode(text))
  if (!read.ok) throw new Error(read.problem.code)
  const guesses = fields.map((field) => ({ field }))
  const { bytes } = cleanCopy(read.value, guesses)
  return {
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    secrets: holdsSecrets(read.value, guesses)
  }
}

test('a list keeps its titles, its separator and its other cells', async () => {
  const list = `Name;FQDN;GUID;Remote admin password\r\nPC1;pc1.contoso.com;${guid};UEBzc3cwcmQh\r\n`
  const { text, secrets } = await cleaned(list, ['name', 'fqdn', 'guid', 'adminPassword'])
  expect(text).toBe(`\ufeffName;FQDN;GUID;Remote admin password\r\nPC1;pc1.contoso.com;${guid};\r\n`)
  expect(secrets).toBe(true)
})

test('what has none says so', async () => {
  expect((await cleaned(`Name,FQDN,GUID\nPC1,pc1.contoso.com,${guid}`, ['name', 'fqdn', 'guid'])).secrets).toBe(false)
})

test('a secret is found wherever it stands', async () => {
  const list = [
    '# the password is UEBzc3cwcmQh,,,,',
    'Name,FQDN,GUID,Remote admin password,PIN,Remark',
    `PC1,pc1.contoso.com,${guid},UEBzc3cwcmQh,4711,"login: admin / P@ssw0rd!"`,
    `PC2,pc2.contoso.com,${guid},UEBzc3cwcmQh,,kept`,
    `PC3,pc3,contoso.com,${guid},,,,QW5vdGhlci1PbmUx`
  ].join('\n')
  const { text } = await cleaned(list, ['name', 'fqdn', 'guid', 'adminPassword', null, null])
  for (const secret of ['UEBzc3cwcmQh', 'P@ssw0rd!', '4711', 'QW5vdGhlci1PbmUx']) expect(text).not.toContain(secret)
  expect(text).toContain('kept')
})

test('a column that nobody mapped is blank when most of it looks like secrets', async () => {
  const { text } = await cleaned(`PC1,S3cret-word,one\nPC2,An0ther-one,two\nPC3,x,three`, ['name', null, null])
  expect(text).toBe('\ufeffPC1,,one\r\nPC2,,two\r\nPC3,,three\r\n')
})

test('no secret of a mapped column is ever in the copy', async () => {
  const secret = fc.stringMatching(/^[A-Z][a-z]{4}[0-9]{3}[!#$%]{2}$/)
  await fc.assert(
    fc.asyncProperty(fc.array(secret, { minLength: 1, maxLength: 10 }), async (secrets) => {
      const rows = secrets.map((one, at) => [`PC${at}`, `pc${at}.contoso.com`, guid, one, `see ${one}`])
      const list = listText([['Name', 'FQDN', 'GUID', 'Password', 'Remark'], ...rows])
      const { text } = await cleaned(list, ['name', 'fqdn', 'guid', 'adminPassword', null])
      for (const one of secrets) expect(text).not.toContain(one)
    }),
    { numRuns: 100 }
  )
})
