// JSON to lines: finds the array of computers, reads it entry by entry (in turns), and lays flat objects out as columns.
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts'
import type { Turns } from '../turns.ts'
import type { Text } from './encoding.ts'
import { type Entry, findJsonForm, isLockedList, type JsonForm } from './knownLists.ts'
import { cancelled, type Form, type Line, limits, noForm, tooManyLines } from './lines.ts'

/** Nesting inside one entry, and its length in characters. */
const most = { depth: 32, entry: 1_000_000 } as const

/** Reading goes on here. Faults are thrown as `Fault` inside this file and become Problems at its border. */
interface Place {
  readonly text: string
  at: number
  /** Line of `lineFrom`, counted as far as somebody asked. */
  line: number
  lineFrom: number
}

class Fault extends Error {
  readonly answer: Result<never>
  constructor(answer: Result<never>) {
    super('reading ended')
    this.answer = answer
  }
}

/** The line in which a place stands. Asked for places further and further on. */
function lineOf(place: Place): number {
  for (let next = place.text.indexOf('\n', place.lineFrom); next >= 0 && next < place.at; ) {
    place.line++
    place.lineFrom = next + 1
    next = place.text.indexOf('\n', place.lineFrom)
  }
  return place.line
}

const bad = (place: Place, found: string): Fault =>
  new Fault(
    fail('file-not-json', { where: `line ${lineOf(place)}`, found, expected: 'objects in an array: [{…}, {…}]' })
  )

const blank = /\s/

function skipBlank(place: Place): string {
  while (place.at < place.text.length && blank.test(place.text.charAt(place.at))) place.at++
  return place.text.charAt(place.at)
}

/** The place behind a string that begins at `at`. */
function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++
    if (slashes % 2 === 0) return end + 1
  }
  return text.length + 1
}

const opens = new Set(['{', '['])
const closes = new Set(['}', ']'])

/** Takes one value, whatever it is, and stands behind it then. */
function takeValue(place: Place): string {
  const from = place.at
  let depth = 0
  let at = from
  for (;;) {
    const letter = place.text.charAt(at)
    if (at - from > most.entry) throw bad(place, 'an entry of more than a million characters')
    if (letter === '') break
    if (letter === '"') at = endOfString(place.text, at)
    else if (opens.has(letter)) {
      if (++depth > most.depth) throw bad(place, `more than ${most.depth} arrays and objects in each other`)
      at++
    } else if (closes.has(letter)) {
      if (depth === 0) break
      depth--
      at++
    } else if (depth === 0 && (letter === ',' || letter === ':' || blank.test(letter))) break
    else at++
    if (depth === 0 && (letter === '"' || closes.has(letter))) break
  }
  if (depth > 0 || at > place.text.length) throw bad(place, 'an entry that never ends')
  if (at === from) throw bad(place, 'something that is no JSON')
  const value = place.text.slice(from, at)
  // Lines are counted up to where the value begins, before going on.
  lineOf(place)
  place.at = at
  return value
}

/** The value that a text stands for. The message of the parser is not told: it may quote a password. */
function parsed(place: Place, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw bad(place, 'text that breaks the rules of JSON')
  }
}

/** Entries of one array, with their lines, and the path of keys that leads to it. */
interface List {
  readonly path: string
  readonly entries: { readonly line: number; readonly value: Entry }[]
}

/** What was found on the way: arrays with objects, and single values by their path. */
interface Found {
  readonly lists: List[]
  readonly facts: Map<string, unknown>
}

const isObject = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function pause(place: Place, turns: Turns): Promise<void> {
  const go = turns.next(place.at, place.text.length)
  if (go !== true && !(await go)) throw new Fault(cancelled)
}

function takeEntry(place: Place, list: List): void {
  const line = lineOf(place)
  const value = parsed(place, takeValue(place))
  if (!isObject(value)) return
  list.entries.push({ line, value })
  if (list.entries.length > limits.lines) throw new Fault(tooManyLines)
}

/** Stands before `[`; behind `]` afterwards. */
async function walkArray(place: Place, path: string, found: Found, turns: Turns): Promise<void> {
  const list: List = { path, entries: [] }
  found.lists.push(list)
  place.at++
  for (let letter = skipBlank(place); letter !== ']'; letter = skipBlank(place)) {
    takeEntry(place, list)
    await pause(place, turns)
    const next = skipBlank(place)
    if (next === ',') place.at++
    else if (next !== ']') throw bad(place, 'an array whose end or a comma is missing')
  }
  place.at++
}

/** Stands before `{`; behind `}` afterwards. Objects two levels down may still hold the list. */
async function walkObject(place: Place, path: string, found: Found, turns: Turns): Promise<void> {
  place.at++
  for (let letter = skipBlank(place); letter !== '}'; letter = skipBlank(place)) {
    if (letter !== '"') throw bad(place, 'an object whose end or a key is missing')
    const key = String(parsed(place, takeValue(place)))
    if (skipBlank(place) !== ':') throw bad(place, 'a key without a value')
    place.at++
    const here = path === '' ? key : `${path}.${key}`
    const start = skipBlank(place)
    if (start === '[') await walkArray(place, here, found, turns)
    else if (start === '{' && path.split('.').length < 3) await walkObject(place, here, found, turns)
    else found.facts.set(here, parsed(place, takeValue(place)))
    await pause(place, turns)
    const next = skipBlank(place)
    if (next === ',') place.at++
    else if (next !== '}') throw bad(place, 'an object whose end or a comma is missing')
  }
  place.at++
}

/** One object after the other, without an array around them (JSON Lines). */
async function walkLines(place: Place, found: Found, turns: Turns): Promise<void> {
  const list: List = { path: '', entries: [] }
  found.lists.push(list)
  while (skipBlank(place) === '{') {
    takeEntry(place, list)
    await pause(place, turns)
  }
}

/** Whether a second object follows the first, and so the text is a sequence of objects. */
function isSequence(place: Place): boolean {
  const probe = { ...place }
  try {
    takeValue(probe)
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
  return skipBlank(probe) === '{'
}

async function walk(place: Place, turns: Turns): Promise<Found> {
  const found: Found = { lists: [], facts: new Map() }
  const start = skipBlank(place)
  if (start === '[') await walkArray(place, '', found, turns)
  else if (isSequence(place)) await walkLines(place, found, turns)
  else {
    const from = { ...place }
    await walkObject(place, '', found, turns)
    // A single computer, not in any array.
    if (found.lists.every(({ entries }) => entries.length === 0)) {
      const list: List = { path: '', entries: [] }
      takeEntry(from, list)
      found.lists.push(list)
    }
  }
  if (skipBlank(place) !== '') throw bad(place, 'more text behind the end of the list')
  return found
}

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.flatMap((part) => textOf(part) ?? []).join(', ')
  return typeof value === 'object' ? null : String(value)
}

/** The columns of an entry: its keys, and the keys of the objects in it as "a.b". What lies deeper is no column. */
function* flat(entry: Entry): Generator<readonly [string, string]> {
  for (const [key, value] of Object.entries(entry)) {
    const text = textOf(value)
    if (text !== null) yield [key, text]
    else for (const [inner, part] of Object.entries(value as Entry)) yield [`${key}.${inner}`, textOf(part) ?? '']
  }
}

type Laid = Form & {
  readonly titles: readonly string[]
  readonly lines: Line[]
  readonly notes: readonly Problem[]
}

/** Every key of any entry becomes a column, in the order of appearance. */
async function layGeneric({ entries }: List, turns: Turns): Promise<Laid> {
  const columns = new Map<string, number>()
  const lines: { line: number; cells: string[] }[] = []
  const end = entries.length * 2
  for (const { line, value } of entries) {
    const cells: string[] = []
    for (const [key, text] of flat(value)) {
      const at = columns.get(key) ?? columns.size
      columns.set(key, at)
      while (cells.length < at) cells.push('')
      cells[at] = text.trim()
    }
    if (columns.size > limits.cells) {
      const facts = { found: `${columns.size} different keys`, expected: `${limits.cells} at most` }
      throw new Fault(fail('file-too-wide', { where: `line ${line}`, ...facts }))
    }
    lines.push({ line, cells })
    await pauseAt(lines.length, end, turns)
  }
  if (columns.size === 0) throw new Fault(fail('file-empty', { found: 'objects without anything in them' }))
  for (const [at, { cells }] of lines.entries()) {
    while (cells.length < columns.size) cells.push('')
    await pauseAt(lines.length + at, end, turns)
  }
  return { ...noForm, titles: [...columns.keys()].map((key) => key.slice(0, 200)), lines, notes: [] }
}

async function pauseAt(done: number, end: number, turns: Turns): Promise<void> {
  const go = turns.next(done, end)
  if (go !== true && !(await go)) throw new Fault(cancelled)
}

async function layKnown({ entries }: List, form: JsonForm, turns: Turns): Promise<Laid> {
  const lines: Line[] = []
  for (const { line, value } of entries) {
    lines.push({ line, cells: form.columns.map(({ of }) => of(value).trim()) })
    await pauseAt(lines.length, entries.length, turns)
  }
  const { kind, words, passwords, columns } = form
  const fields = columns.map(({ field }) => field)
  return {
    kind,
    words,
    passwords,
    fields,
    titles: columns.map(({ title }) => title),
    lines,
    notes: form.notes(entries)
  }
}

async function gather(text: Text, turns: Turns): Promise<string> {
  const slices: string[] = []
  for (const { text: slice, done } of text.slices()) {
    slices.push(slice)
    const go = turns.next(done / 4, text.size)
    if (go !== true && !(await go)) throw new Fault(cancelled)
  }
  return slices.join('')
}

/**
 * The entries of a JSON list: the list of a tool that is known, or else the longest array of objects in the file. Problems:
 * `file-not-json`, `file-encrypted`, `file-empty`, `file-too-big`, `file-too-wide`, `reading-cancelled`.
 */
export async function readJson(text: Text, turns: Turns): Promise<Result<Laid>> {
  try {
    const { lists, facts } = await walk({ text: await gather(text, turns), at: 0, line: 1, lineFrom: 0 }, turns)
    if (isLockedList(facts))
      return fail('file-encrypted', { found: 'a MeshCommander list that is locked with a password' })
    const [longest] = lists.toSorted((one, other) => other.entries.length - one.entries.length)
    if (longest === undefined || longest.entries.length === 0)
      return fail('file-empty', { found: 'JSON without a single object', expected: 'objects in an array: [{…}, {…}]' })
    for (const list of lists) {
      const form = findJsonForm(list.path, list.entries, facts)
      if (form !== null) return ok(await layKnown(list, form, turns))
    }
    return ok(await layGeneric(longest, turns))
  } catch (error) {
    if (error instanceof Fault) return error.answer
    throw error
  }
}
