#!/usr/bin/env node
// The command line, `amt-migrate`: sets up and builds on first use, then runs dist/cli.cjs on a Node that can load it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { at, isStale, node24, root } from './paths.mjs'
import { ensurePackages } from './setup.mjs'

const program = at('dist/cli.cjs')
/** better-sqlite3 crashes the process on less; Node has it from 22.14 on. */
const neededNodeApi = 10

function prepare() {
  if (!existsSync(at('electron/cli.ts'))) {
    if (existsSync(program)) return
    throw new Error('dist/cli.cjs is missing, and there are no sources here to build it from.')
  }
  ensurePackages()
  if (!isStale('dist/cli.cjs', ['electron', 'shared'])) return
  // What the bundler says goes to stderr: stdout belongs to the command.
  const built = spawnSync(node24, [at('build/bundle.mjs'), 'programs'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (built.status !== 0) throw new Error('the programs could not be built; the reason is above.')
}

function runOnNode24() {
  const child = spawn(node24, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

try {
  prepare()
} catch (error) {
  console.error(`amt-migrate: ${error.message}`)
  process.exit(1)
}
if (Number(process.versions.napi) < neededNodeApi) runOnNode24()
else createRequire(import.meta.url)(program)
