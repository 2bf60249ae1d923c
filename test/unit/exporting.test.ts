// An import out to other managers, and what came back: passwords only where they were asked for, all of it on record.
import { afterEach, expect, test } from 'vitest'
import { type ExportChoice, exportTargets, usualChoice } from '../../shared/exporting.ts'
import { type Bench, closeBenches, computer, heldSecrets, openBench, opens, value } from '../bench.ts'

afterEach(closeBenches)

const computers = [computer(0), computer(1), computer(7, 'wrong-password')]

async function doneImport(): Promise<{ bench: Bench; importId: string }> {
  const bench = await openBench({ computers })
  const { id } = await bench.begin()
  await bench.finished(id)
  return { bench, importId: id }
}
const textOf = async ({ core }: Bench, importId: string, choice: ExportChoice): Promise<string> =>
  Buffer.from(value(await core.exporting.file(importId, choice)).bytes).toString('utf8')

test('computers that are done go out; passwords in use now only if they are asked for', async () => {
  const { bench, importId } = await doneImport()
  const choice = usualChoice('configmgr', '')
  const secrets = heldSecrets(bench.keychain)
  for (const to of exportTargets) {
    const text = await textOf(bench, importId, { ...choice, to })
    expect(text, to).toContain('FIN-0231')
    for (const secret of secrets) {
      expect(text.includes(secret), to).toBe(false)
      expect(text.includes(Buffer.from(secret).toString('base64')), to).toBe(false)
    }
  }
  const [line] = (await textOf(bench, importId, { ...choice, passwords: true })).split('\r\n')
  const password = Buffer.from(line?.split(',').at(-1) ?? '', 'base64').toString('utf8')
  expect(opens(bench.device('FIN-0231'), password)).toBe(true)
  // Scripts never hold one, whatever is asked.
  const script = await textOf(bench, importId, { ...choice, to: 'powershell', passwords: true })
  expect(script.includes(password)).toBe(false)
  const all = await textOf(bench, importId, { ...choice, which: 'all' })
  expect(all.trim().split('\r\n')).toHaveLength(3)
})

test('what left is on record; what the script wrote down is kept for each computer, and nobody else’s', async () => {
  const { bench, importId } = await doneImport()
  const { exporting } = bench.core
  exporting.saved(importId, { ...usualChoice('powershell', ''), passwords: true }, 2)
  const [first, second] = computers.map(({ uuid }) => uuid)
  const result = (...lines: string[]) => Buffer.from(`Name,Guid,Outcome,ResourceId,Detail\r\n${lines.join('\r\n')}`)
  const stranger = '99999999-9999-4999-8999-999999999999'
  const read = value(
    exporting.takeResult(
      importId,
      result(`FIN-0231,${first},created,16,`, `FIN-0232,${second},failed,,no right`, `X,${stranger},created,17,`)
    )
  )
  expect(read.results.map(({ name, outcome, detail }) => [name, outcome, detail])).toEqual([
    ['FIN-0231', 'created', ''],
    ['FIN-0232', 'failed', 'no right']
  ])
  value(exporting.takeResult(importId, result(`FIN-0232,${second},exists,18,`)))
  expect(exporting.takeResult(importId, result(`X,${stranger},created,17,`))).toMatchObject({
    ok: false,
    problem: { code: 'result-foreign' }
  })
  const core = await bench.reopen()
  const kept = value(core.exporting.results(importId)).results
  expect(kept.map(({ outcome }) => outcome)).toEqual(['created', 'exists'])
  const entries = core.store.audit.read({ before: null, count: 100, search: '' }).entries
  expect(entries.find(({ kind }) => kind === 'list exported')?.body).toMatchObject({ computers: 2, complete: false })
  expect(entries.filter(({ kind }) => kind === 'export result read')).toHaveLength(2)
})
