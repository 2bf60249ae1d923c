// `npm test`: every check, cheapest first, stopping at the first that fails, with one summary line at the end.
//   node build/test.mjs                        all of them
//   node build/test.mjs types lint walls       only these
//   node build/test.mjs unit -- -t "digest"    what follows -- goes to the last tool
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { at, node24 } from './paths.mjs'
import { runAndWait, runTests } from './run.mjs'

const rooms = ['shared', 'electron', 'renderer', 'test']
const unitReport = 'test-results/unit.json'
/** Four sessions, each with a screen, a clipboard and a keychain of its own: none is left alone at the end for long. */
const shards = ['e2e-1', 'e2e-2', 'e2e-3', 'e2e-4']
const windowReports = [...shards, 'packed'].map((part) => `test-results/${part}.json`)

const tool = (file, ...args) => [node24, at('node_modules', file), ...args]
/** Biome colours every single character of a difference, even into a file. */
const biomeColors = process.stdout.isTTY ? 'force' : 'off'
const plain = (...command) => ({ command, run: runAndWait })
const inSession = (screen, ...command) => ({ command, run: (words) => runTests(words, { screen }) })
const playwright = (...words) => tool('@playwright/test/cli.js', 'test', ...words)
/** Says what it has to say at its end, because others run beside it. */
async function windowTests(part, ...words) {
  const into = at(`test-results/${part}.log`)
  const code = await runTests(playwright(...words), { screen: true, env: { AMT_PART: part }, into })
  console.log(readFileSync(into, 'utf8'))
  return code
}

/** Each part: what its heading says, and the commands that must all succeed. */
const parts = {
  types: {
    heading: 'types: each room compiles by itself',
    steps: [
      {
        command: tool('typescript/bin/tsc'),
        run: async (words) =>
          Math.max(...(await Promise.all(rooms.map((room) => runAndWait([...words, '-p', at(room)])))))
      }
    ]
  },
  lint: {
    heading: 'lint: form and habits',
    steps: [
      plain(
        ...tool(
          '@biomejs/biome/bin/biome',
          'check',
          '--error-on-warnings',
          '--diagnostic-level=warn',
          `--colors=${biomeColors}`
        )
      ),
      plain(node24, at('build/catalogue.mjs'), '--check'),
      plain(node24, at('build/guide.mjs'), '--check')
    ]
  },
  walls: {
    heading: 'walls: who may enter which room, and what nobody uses',
    steps: [
      plain(
        ...tool(
          'dependency-cruiser/bin/dependency-cruiser.mjs',
          ...['--config', at('.dependency-cruiser.cjs')],
          ...rooms
        )
      ),
      plain(...tool('knip/bin/knip.js'))
    ]
  },
  unit: {
    heading: 'unit, wire, crash, boundary: without a window',
    steps: [
      inSession(
        false,
        // Read as it is, not bundled into node_modules first, which need not be writable for the user of the session.
        ...tool('vitest/vitest.mjs', 'run', '--configLoader=native'),
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]
      )
    ]
  },
  crash: {
    heading: 'crash: killed at every milestone, which takes a while',
    onlyByName: true,
    steps: [
      {
        command: tool(
          'vitest/vitest.mjs',
          'run',
          '--configLoader=native',
          'test/crash',
          `--outputFile.json=${unitReport}`
        ).concat('--reporter=default', '--reporter=json'),
        run: (words) => runTests(words, { screen: false, env: { AMT_CRASH: 'all' } })
      }
    ]
  },
  build: {
    heading: 'build: programs and page',
    steps: [plain(node24, at('build/bundle.mjs'))]
  },
  e2e: {
    heading: 'e2e: the real window, in four sessions, each told when it ends',
    steps: [
      {
        command: ['--project=window'],
        run: async (words) => {
          const runs = shards.map((part, at) => windowTests(part, ...words, `--shard=${at + 1}/${shards.length}`))
          return Math.max(...(await Promise.all(runs)))
        }
      }
    ]
  },
  packed: {
    heading: 'packed: the program as it would be shipped',
    steps: [
      plain(node24, at('build/pack.mjs'), 'dir'),
      { command: ['--project=packed'], run: (words) => windowTests('packed', ...words) }
    ]
  }
}

/** Adds up what the two runners wrote down; a runner that was not reached counts nothing. */
function count() {
  const read = (report) => (existsSync(at(report)) ? JSON.parse(readFileSync(at(report), 'utf8')) : undefined)
  const unit = read(unitReport)
  const windows = windowReports.map((report) => read(report)?.stats).filter(Boolean)
  const sum = (what) => windows.reduce((all, stats) => all + (stats[what] ?? 0), 0)
  return {
    passed: (unit?.numPassedTests ?? 0) + sum('expected') + sum('flaky'),
    // A file that cannot even be loaded is a failed suite without a failed test.
    failed: Math.max(unit?.numFailedTests ?? 0, unit?.numFailedTestSuites ? 1 : 0) + sum('unexpected'),
    skipped: (unit?.numPendingTests ?? 0) + sum('skipped')
  }
}

/** Those of one line run side by side. The tests do not: on two cores that is no quicker, and they run into each other's time-outs. */
const stages = [['types', 'lint', 'walls'], ['build'], ['unit'], ['e2e'], ['crash'], ['packed']]

/** @returns {Promise<string | undefined>} the name of the part if it failed */
async function failureOf(name, extra) {
  const { heading, steps } = parts[name]
  console.log(`\n== ${heading}`)
  for (const [index, { command, run }] of steps.entries()) {
    const isLast = index === steps.length - 1
    if ((await run(isLast ? [...command, ...extra] : command)) !== 0) return name
  }
  return undefined
}

/** @returns {Promise<string | undefined>} the name of the first part that failed */
async function firstFailure(names, extra) {
  for (const stage of stages) {
    const now = stage.filter((name) => names.includes(name))
    const failures = await Promise.all(now.map((name) => failureOf(name, name === names.at(-1) ? extra : [])))
    const failed = failures.find((name) => name !== undefined)
    if (failed) return failed
  }
  return undefined
}

const words = process.argv.slice(2)
const dashes = words.indexOf('--')
const chosen = dashes < 0 ? words : words.slice(0, dashes)
const names = chosen.length > 0 ? chosen : Object.keys(parts).filter((name) => !parts[name].onlyByName)
const unknown = names.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}

rmSync(at('test-results'), { recursive: true, force: true })
mkdirSync(at('test-results'))
const failure = await firstFailure(names, dashes < 0 ? [] : words.slice(dashes + 1))
const { passed, failed, skipped } = count()
const isCounted = ['unit', 'crash', 'e2e', 'packed'].some((name) => names.includes(name))
// A run that executed no test has proved nothing, whatever its tools returned.
const isEmpty = isCounted && failure === undefined && passed === 0
if (failure) console.log(`\nstopped at: ${failure}`)
if (isEmpty) console.log('\nno test was executed')
if (isCounted) console.log(`\ntests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failure || isEmpty ? 1 : 0)
