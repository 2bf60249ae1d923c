// Reads one XML file inside a workbook as a stream of elements, in turns and within all limits.
import { SaxesParser } from 'saxes'
import { fail, type Result } from '../../shared/problem.ts'
import type { Turns } from '../turns.ts'
import { cancelled } from './lines.ts'
import { type Budget, type Entry, overBudget, unpack } from './zip.ts'

/** An opened workbook. */
export interface Package {
  readonly bytes: Uint8Array
  readonly directory: ReadonlyMap<string, Entry>
  readonly budget: Budget
  readonly turns: Turns
  /** Bytes of the archive. */
  readonly size: number
}

/** What hears the elements of a part; names are without prefix. */
export interface Listener {
  open(name: string, attribute: (name: string) => string | undefined): void
  close(name: string): void
  text?(text: string): void
  /** Asked now and then; true = nothing more is needed. */
  enough?(): boolean
}

const deepest = 64
/** No cell holds more than 32,767 characters; a text that runs on is an attack. */
const longestText = 2_000_000
const turnBytes = 64 * 1024

export const broken = (found: string): Result<never> => fail('file-broken-workbook', { found })
const bomb = fail('file-bomb', {
  found: 'a workbook that unpacks to a multiple of any list',
  expected: '400 MB at most'
})

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** UTF-8 unless a byte order mark says UTF-16; the two are all that the standard allows (ECMA-376, part 2). */
function decoderFor([first, second]: Uint8Array) {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le')
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8')
}

/** Reads a part to its end; null when all went well. Problems: `file-broken-workbook`, `file-bomb`, `reading-cancelled`. */
export async function readPart(book: Package, name: string, listener: Listener): Promise<Result<never> | null> {
  const entry = book.directory.get(name)
  if (entry === undefined) return broken(`no part “${name}” in it`)
  if (entry.encrypted) return fail('file-encrypted', { found: 'a ZIP archive that is locked with a password' })
  const parser = new SaxesParser({ xmlns: false, position: false })
  const state = { depth: 0, flaw: '', unheard: 0 }
  parser.on('error', (error) => {
    state.flaw ||= error.message
  })
  parser.on('doctype', () => {
    state.flaw ||= 'a document type, which no workbook has'
  })
  parser.on('opentag', ({ name: tag, attributes }) => {
    state.unheard = 0
    if (++state.depth > deepest) state.flaw ||= `elements nested deeper than ${deepest}`
    listener.open(local(tag), (attribute) => attributes[attribute])
  })
  parser.on('closetag', ({ name: tag }) => {
    state.unheard = 0
    state.depth--
    listener.close(local(tag))
  })
  parser.on('text', (text) => listener.text?.(text))
  parser.on('cdata', (text) => listener.text?.(text))
  return feed(book, entry, parser, state, listener)
}

async function feed(
  book: Package,
  entry: Entry,
  parser: SaxesParser,
  state: { readonly flaw: string; unheard: number },
  listener: Listener
): Promise<Result<never> | null> {
  const pieces = unpack(book.bytes, entry, book.budget)
  let decoder: ReturnType<typeof decoderFor> | undefined
  for (let next = pieces.next(); ; next = pieces.next()) {
    if (next.done === true) {
      if (!next.value) return broken(`the part “${entry.name}” is damaged`)
      break
    }
    if (overBudget(book.budget)) return bomb
    decoder ??= decoderFor(next.value)
    // A piece may have become megabytes: not all of it in one turn.
    for (let at = 0; at < next.value.length; at += turnBytes) {
      parser.write(decoder.decode(next.value.subarray(at, at + turnBytes), { stream: true }))
      if (state.flaw !== '') return broken(`the part “${entry.name}”: ${state.flaw}`)
      state.unheard += turnBytes
      if (state.unheard > longestText) return bomb
      if (listener.enough?.() === true) return null
      if (!(await book.turns.next(book.budget.read, book.size))) return cancelled
    }
  }
  parser.close()
  return state.flaw === '' ? null : broken(`the part “${entry.name}”: ${state.flaw}`)
}
