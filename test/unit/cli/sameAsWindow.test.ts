// `amt-migrate import FILE --json` tells of any file exactly what the wizard's own core shows of it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { sampleCsv } from '../../../electron/simulator/practice.ts'
import { type Field, isSecret } from '../../../shared/computer.ts'
import type { Row } from '../../../shared/grid.ts'
import { mask } from '../../../shared/password.ts'
import { closeBenches, openBench, value } from '../../bench.ts'
import { messyList } from '../../messy.ts'
import { importOne } from '../drafting/grid.ts'
import { book } from '../intake/books.ts'
import { program } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'amt-same-'))
afterEach(async () => {
  await closeBenches()
  rmSync(folder, { recursive: true, force: true })
})

const guid = (n: number): string => `4c4c4544-0046-3000-8000-c7c04f00000${n}`
const meshCommander = {
  webappversion: '0.9.6',
  computers: [
    { name: 'PC1', host: 'pc1.corp.example', user: 'admin', pass: 'Bench-Admin1!', tls: 1, ver: '11.8.50', pstate: 2 },
    { name: 'PC2', host: '10.0.0.7', user: 'helper', pass: 'Bench-Other2!', tls: 0, uuid: guid(2) }
  ]
}
const inventory = [
  'Kiste;Full DNS name;GUID one;GUID two;MAC;Firmware;Passwort',
  `K-1;k-1.corp.example.;{${guid(1).toUpperCase()}};${guid(8)};02-1A-4F-00-00-01;AMT 11.8.50;Bench-Clear3!`,
  `K-2;k-2.corp.example;${guid(2).toUpperCase()};${guid(9)};nothing;eleven;`,
  'K-3;käse.corp.example;;;;;'
].join('\n')

const files: Readonly<Record<string, string | Uint8Array>> = {
  'sample.csv': sampleCsv,
  'messy.csv': Buffer.from(`\ufeff${messyList()}`, 'utf16le'),
  'mesh.json': JSON.stringify(meshCommander),
  'inventory.csv': inventory,
  'windows-1252.txt': Buffer.from(`Name\tFQDN\tGUID\nMÜNCHEN-1\tmuenchen-1.corp.example\t${guid(3)}\n`, 'latin1'),
  'book.xlsx': book(
    { name: 'Notes', rows: [['What this is for']] },
    {
      name: 'Computers',
      rows: [
        ['Name', 'FQDN', 'UUID', 'AMT'],
        ['PC-7', 'pc-7.corp.example', `{${guid(7)}}`, 11.8]
      ]
    }
  )
}

const shown = ({ values, ...row }: Row): unknown => ({
  ...row,
  values: Object.fromEntries(
    Object.entries(values).map(([field, text]) => [field, isSecret(field as Field) && text !== '' ? mask : text])
  )
})

test('rows, mapping, confidence, problems, repairs and routes are the same, also beside what is remembered', {
  timeout: 60_000
}, async () => {
  const bench = await openBench({ computers: [] })
  const { drafting } = bench.core
  const view = { filter: 'all', search: '', sort: null } as const

  async function window(name: string) {
    const { id } = drafting.begin(false, [])
    const draft = value(await drafting.give(id, name, Buffer.from(files[name] ?? '')))
    const { rows } = value(await drafting.readRows({ draftId: id, view, from: 0, count: 500 }))
    const { repairs } = value(await drafting.repairs(id))
    if (draft.source?.kind !== 'file') throw new Error('no file was read')
    const { name: file, earlier: _, atHand: __, ...source } = draft.source
    return {
      draft,
      told: { file, ...source, counts: draft.counts, routes: draft.routes, repairs, rows: rows.map(shown) }
    }
  }
  function commandLine(name: string): unknown {
    const path = join(folder, name)
    writeFileSync(path, files[name] ?? '')
    const { stdout } = spawnSync(process.execPath, [program, 'import', path, '--json', '--data', bench.folder])
    return JSON.parse(String(stdout))
  }

  const kinds = new Set<string>()
  for (const name of Object.keys(files)) {
    const { told } = await window(name)
    expect(commandLine(name), name).toEqual(JSON.parse(JSON.stringify(told)))
    kinds.add(`${told.format} ${told.encoding} ${told.recognised.kind}`)
  }
  expect([...kinds]).toEqual([
    'text UTF-8 configmgr',
    'text UTF-16 LE inventory',
    'json UTF-8 meshcommander',
    'text UTF-8 inventory',
    'text Windows-1252 configmgr',
    'workbook null inventory'
  ])

  // A person has decided, and imported one of the computers: the next look at the list knows both.
  const { draft } = await window('inventory.csv')
  const input = { draftId: draft.id, header: true, passwords: 'clear' } as const
  const fields: (Field | null)[] = ['name', 'fqdn', 'guid', null, 'mac', 'amtVersion', 'adminPassword']
  value(await drafting.map({ ...input, fields }))
  importOne(bench, draft.profile, { name: 'K-1', fqdn: 'k-1.corp.example', guid: guid(1) })
  const { told } = await window('inventory.csv')
  expect(told.rows[0]).toMatchObject({ known: 'changed', differs: ['amtVersion'] })
  expect(told.columns[2]).toMatchObject({ because: 'you chose this last time' })
  expect(commandLine('inventory.csv')).toEqual(JSON.parse(JSON.stringify(told)))
  expect(JSON.stringify(told)).not.toMatch(/Bench-/)
})
