// The command line as a mode of the program with the window: the same words, events and exit codes as on plain Node, descriptors too.
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { sampleCsv } from '../../electron/simulator/practice.ts'
import { newFolder } from '../screens.ts'

const root = process.env.AMT_ROOT ?? ''
const inWindowProgram = [process.env.AMT_ELECTRON ?? '', root, '--ozone-platform=headless', '--log-level=3', '--cli']
const onNode = [process.execPath, join(root, 'dist/cli.cjs')]
const data = newFolder()

interface Ended {
  readonly code: number | null
  readonly out: string
}

/** Runs a command; `handed` is what descriptor 3 holds. */
function run([program = '', ...first]: readonly string[], args: readonly string[], handed?: string): Ended {
  const file = join(data, 'handed')
  writeFileSync(file, handed ?? '')
  const descriptor = handed === undefined ? 'ignore' : openSync(file, 'r')
  const stdio = ['ignore', 'pipe', 'ignore', descriptor] as const
  const { status, stdout } = spawnSync(program, [...first, ...args, '--data', data], {
    stdio: [...stdio],
    encoding: 'utf8'
  })
  if (descriptor !== 'ignore') closeSync(descriptor)
  return { code: status, out: stdout }
}

const list = join(data, 'list.csv')
writeFileSync(list, sampleCsv.split('\r\n').slice(0, 3).join('\r\n'))
const profile = ['--profile', 'closed', '--account', 'admin']
const commands: readonly (readonly [readonly string[], string?])[] = [
  [['plan', list, ...profile, '--json']],
  [['check', list, '--secrets-fd', '3', '--json', ...profile], 'not a line'],
  [['run', list, '--secrets-fd', '3', '--json', ...profile], 'account:admin=x\nmebx-password=y'],
  [['secret', 'keep', 'account:admin', '--secrets-fd', '3', '--json'], '{"name": "account:admin", "value": "x"}'],
  [['secret', 'forget', 'account:admin', '--json']],
  [['check', list, '--secrets-fd', 'three']]
]

test('each command says and ends the same in both', () => {
  const [here = [], there = []] = [onNode, inWindowProgram].map((program) =>
    commands.map(([args, handed]) => ({ args, ...run(program, args, handed) }))
  )
  expect(there).toEqual(here)
  expect(here.map(({ code }) => code)).toEqual([0, 1, 1, 0, 0, 2])
})

test('the dry run on the practice fleet comes to the same', () => {
  const told = [onNode, inWindowProgram].map((program) => {
    const { code, out } = run(program, ['check', list, '--practice', '--json'])
    const last = JSON.parse(out.trim().split('\n').at(-1) ?? '') as { plan: { ready: number; changes: unknown } }
    return { code, ready: last.plan.ready }
  })
  expect(told).toEqual([
    { code: 0, ready: 2 },
    { code: 0, ready: 2 }
  ])
})
