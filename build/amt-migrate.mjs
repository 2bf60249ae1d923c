#!/usr/bin/env node
// The command line, `amt-migrate`: sets up and builds on first use, then runs dist/cli.cjs on a Node that can load it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, fstatSync } from 'node:fs'
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

/** What is young may take 3 x 8 MB instead of 3 x 32: a list of 100,000 computers then needs a third less memory. */
const smallHeap = '--max-semi-space-size=8'

/** What is handed on: beside the three usual ones the descriptor that --secrets-fd names, if it is open. */
function descriptors(args) {
  const [, said] = /^--secrets-fd=?(\d*)$/.exec(args.find((each) => each.startsWith('--secrets-fd')) ?? '') ?? []
  const number = Number(said || args[args.indexOf('--secrets-fd') + 1])
  const handed = Number.isInteger(number) && number > 2 && number < 1024 && isOpen(number) ? number : 2
  return Array.from({ length: handed + 1 }, (_, at) => (at < 3 || at === handed ? at : 'ignore'))
}

function isOpen(descriptor) {
  try {
    fstatSync(descriptor)
    return true
  } catch {
    return false
  }
}

function runOnNode24() {
  const args = process.argv.slice(2)
  const child = spawn(node24, [smallHeap, program, ...args], { stdio: descriptors(args) })
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
