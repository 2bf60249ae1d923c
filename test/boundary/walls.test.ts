// The walls of .dependency-cruiser.cjs, each broken once on purpose: a wall that nothing makes fall protects nothing.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

interface Cruise {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}

const root = path.resolve(import.meta.dirname, '../..')
const configFile = path.join(root, '.dependency-cruiser.cjs')
const config = createRequire(import.meta.url)(configFile) as {
  readonly forbidden: readonly { readonly name: string }[]
}

/** One offender for each wall: the file that must be named, and what it must not say. */
const offenders: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'shared-knows-nobody': ['shared/words.ts', `import '../electron/core.ts'`],
  'page-knows-only-shared': ['renderer/nosy.ts', `import '../electron/core.ts'`],
  'page-has-no-node': ['renderer/disk.ts', `import 'node:fs'`],
  'page-has-no-core-packages': ['renderer/secrets.ts', `import 'keytar'`],
  'core-leaves-the-page-alone': ['electron/painter.ts', `import '../renderer/disk.ts'`],
  'only-app-knows-electron': ['electron/desk.ts', `import { app } from 'electron'\nexport const name = app`],
  'command-line-reaches-no-electron': ['electron/cli.ts', `import './app/window.ts'`],
  'only-doors-open-sockets': ['electron/phone.ts', `import 'node:https'`],
  'only-store-knows-sqlite': ['electron/query.ts', `import 'better-sqlite3'`],
  'only-vault-knows-keytar': ['electron/thief.ts', `import 'keytar'`],
  'simulator-shares-no-wire': ['electron/simulator/device.ts', `import '../wsman/transport.ts'`],
  'source-needs-no-test': ['electron/rigged.ts', `import '../test/bench.ts'`],
  'no-cycles': ['shared/chicken.ts', `import { egg } from './egg.ts'\nexport const chicken = () => egg`],
  'no-orphans': ['shared/alone.ts', 'export const alone = true'],
  'no-unresolved': ['shared/lost.ts', `import './nowhere.ts'`]
}

/** What the offenders lean on, and files that look like offenders and are none. */
const bystanders: Readonly<Record<string, string>> = {
  'electron/core.ts': `import type { Server } from 'node:http'\nexport type Door = Server`,
  'electron/app/window.ts': `import { app } from 'electron'\nexport const name = app`,
  'electron/store/database.ts': `import 'better-sqlite3'`,
  'electron/vault.ts': `import 'keytar'`,
  'electron/wsman/transport.ts': `import 'node:http'`,
  'shared/egg.ts': `import { chicken } from './chicken.ts'\nexport const egg = () => chicken`,
  'shared/shape.ts': `import { z } from 'zod'\nexport const shape = z.string()`,
  'test/bench.ts': 'export const bench = true'
}

function cruise(folder: string): Cruise {
  const tool = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const rooms = ['shared', 'electron', 'renderer', 'test']
  const run = spawnSync(process.execPath, [tool, '--config', configFile, '--output-type', 'json', ...rooms], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28
  })
  return JSON.parse(run.stdout) as Cruise
}

describe('a house with every wall broken', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'walls-'))
  let found: Cruise['summary']['violations'] = []

  beforeAll(() => {
    const files = [...Object.entries(bystanders), ...Object.values(offenders)]
    for (const [name, text] of files) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), `${text}\n`)
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
    found = cruise(folder).summary.violations
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('has an offender for each wall', () => {
    expect(Object.keys(offenders).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort())
  })

  test.each(config.forbidden.map((rule) => rule.name))('%s', (wall) => {
    const file = offenders[wall]?.[0]
    expect(found.filter((violation) => violation.rule.name === wall).map((violation) => violation.from)).toContain(file)
  })

  test('accuses nobody who stays in their room', () => {
    const honest = Object.keys(bystanders).filter((file) => file !== 'shared/egg.ts')
    expect(found.filter((violation) => honest.includes(violation.from))).toEqual([])
  })
})

// With a TypeScript it does not know, the tool reads no file and finds nothing wrong.
test('the walls are checked in the real house', () => {
  const own = cruise(root).modules.filter((module) => /^(shared|electron|renderer)\/.*\.tsx?$/.test(module.source))
  expect(own.length).toBeGreaterThan(20)
})
