// What the documents tell people to type exists and is understood, and every file they name is there. The commands of
// README.md and COMMANDS.md that work on computers are run by test/unit/cli/readme.test.ts.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const documents = readdirSync(root).filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> }

/** Command lines, indented or between backticks, without what is said about them. */
function commandsOf(document: string): string[] {
  const text = textOf(document)
  const indented = [...text.matchAll(/^ {4,}((?:npm|npx|node) .*)$/gm)].map(
    ([, line = '']) => line.split(/ {2,}/)[0] ?? ''
  )
  const within = [...text.matchAll(/`((?:npm|npx|node) [^`]+)`/g)].map(([, line = '']) => line)
  return [...indented, ...within].map((line) => line.trim())
}
const commands = documents.flatMap((document) => commandsOf(document).map((line) => ({ document, line })))

/** What a program of build/ understands, as it says itself when it is given nonsense. */
function partsSaidBy(...args: readonly string[]): string[] {
  const { stderr, stdout, status } = spawnSync(process.execPath, [...args, 'nonsense'], { cwd: root, encoding: 'utf8' })
  expect(status, args.join(' ')).toBe(2)
  return (/(?:there are|it makes) ([\w, .-]+?)[.]?\n/.exec(stderr + stdout)?.[1] ?? '').split(', ')
}

/** Names of the properties of a table in a source. */
const keysIn = (file: string, table: RegExp): string[] =>
  [...(table.exec(textOf(file))?.[1] ?? '').matchAll(/^ {2}'?([\w.-]+)'?: /gm)].map(([, name = '']) => name)

const testParts = partsSaidBy('build/test.mjs')
const benchParts = keysIn('test/speed/run.ts', /const parts[^{]*\{\n(.*?)\n\}/s)
const packTargets = partsSaidBy('build/pack.mjs')

/** What may follow a script or a program of build/; where nothing is said, nothing. */
const understood: Readonly<Record<string, (word: string) => boolean>> = {
  'npm start': (word) => word.startsWith('--data='),
  'npm run bench': (word) => benchParts.includes(word),
  'npm run pack': (word) => packTargets.includes(word),
  'npm run simulate': (word) => /^(--devices|--json|--hello|\d+)$/.test(word),
  'node build/test.mjs': (word) => testParts.includes(word) || existsSync(path.join(root, word)),
  'node build/run.mjs': (word) => word === 'COMMAND',
  'npm ci': (word) => word === '--ignore-scripts',
  // Checked line by line by the test of the command line.
  'npx amt-migrate': () => true,
  'node build/amt-migrate.mjs': () => true,
  // A reader's own look at these sources; it needs a network.
  'npx @doyensec/electronegativity': (word) => ['-i', '.', '-r'].includes(word)
}

/** Words that npm brings along. */
const ofNpm = ['ci', 'sbom']

/** "npm run bench -- wire" is the script "npm run bench" with the word "wire". */
function taken(line: string): { readonly program: string; readonly words: readonly string[] } {
  const all = line.split(' ')
  const count = all[0] === 'npm' && all[1] === 'run' ? 3 : 2
  return { program: all.slice(0, count).join(' '), words: all.slice(count).filter((word) => word !== '--') }
}

test('every command of the documents exists and takes what follows it', () => {
  expect(commands.length).toBeGreaterThan(40)
  expect(testParts).toEqual(expect.arrayContaining(['types', 'unit', 'packed']))
  expect(benchParts).toEqual(expect.arrayContaining(['wire', 'grid']))
  expect(packTargets).toEqual(expect.arrayContaining(['dir']))
  const wrong = commands.flatMap(({ document, line }) => {
    const { program, words } = taken(line)
    const [tool, what = '', script = ''] = program.split(' ')
    const exists =
      tool === 'npm'
        ? (what === 'run' ? script : what) in scripts || ofNpm.includes(what)
        : tool === 'npx' || existsSync(path.join(root, what))
    const odd = words.filter((word) => !(understood[program]?.(word) ?? false))
    return exists && odd.length === 0 ? [] : [`${document}: ${line}`]
  })
  expect(wrong).toEqual([])
  // Parts of the bench that are named beside it.
  const named = /`-- wire`((?:, `\w+`)+) one part/.exec(textOf('CONTRIBUTING.md'))?.[1]?.match(/\w+/g) ?? []
  expect(['wire', ...named].sort()).toEqual([...benchParts].sort())
})

test('every script that people call is in a document', () => {
  const hooks = /^(pre|post)/
  const told = new Set(commands.map(({ line }) => taken(line).program))
  const untold = Object.keys(scripts).filter(
    (name) => !hooks.test(name) && !told.has(`npm run ${name}`) && !told.has(`npm ${name}`)
  )
  // The short form of `npx amt-migrate`.
  expect(untold).toEqual(['cli'])
})

test('every file, folder and variable that a document names is there', () => {
  const rooms = /^(?:\.ci|build|electron|renderer|resources|shared|test)\//
  const missing = documents.flatMap((document) =>
    [...textOf(document).matchAll(/`([\w./-]+)`|\]\(([\w./-]+)\)/g)]
      .map(([, code, link]) => (code ?? link ?? '').replace(/\/$/, ''))
      .filter((name) => (rooms.test(`${name}/`) && name.includes('/')) || /^[A-Z-]+\.md$/.test(name))
      .filter((name) => !existsSync(path.join(root, name)))
      .map((name) => `${document}: ${name}`)
  )
  expect(missing).toEqual([])
  const sources = readdirSync(path.join(root, 'build'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => textOf(path.join('build', name)))
    .join('')
  const own = [...textOf('CONTRIBUTING.md').matchAll(/`((?:AMT|SKIP|SOURCE)_\w+)/g)].map(([, name = '']) => name)
  expect(own.length).toBeGreaterThan(3)
  expect(own.filter((name) => !sources.includes(name))).toEqual([])
})

test('what is cheap is run: the generated documents are what their sources say', () => {
  for (const program of ['build/catalogue.mjs', 'build/guide.mjs']) {
    const { status, stderr } = spawnSync(process.execPath, [program, '--check'], { cwd: root, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(status, program).toBe(0)
  }
})
