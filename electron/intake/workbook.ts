// Excel workbooks (.xlsx) to lines: finds the sheet that holds the list; encrypted and old ones are told apart and explained.
import { fail, ok, type Result } from '../../shared/problem.ts'
import { shapeOf } from '../../shared/shapes.ts'
import { fieldOfTitle } from '../../shared/titles.ts'
import type { Turns } from '../turns.ts'
import { type Show, showOf } from './cellFormat.ts'
import { type Line, limits, type Rough, tooManyLines } from './lines.ts'
import { type Shared, type SheetReader, sheetReader } from './sheet.ts'
import { broken, type Package, readPart } from './workbookPart.ts'
import { readDirectory } from './zip.ts'

const startsWith = (bytes: Uint8Array, letters: string): boolean =>
  Buffer.from(bytes.subarray(0, letters.length)).toString('latin1') === letters

const zipStart = 'PK\x03\x04'
const emptyZip = 'PK\x05\x06'
/** The container of old Office files, and of new ones that are locked with a password ([MS-CFB] 2.2). */
const oleStart = '\xd0\xcf\x11\xe0'

/** Whether bytes are a ZIP archive or an old Office container: only these are looked at here. */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  [zipStart, emptyZip, oleStart].some((start) => startsWith(bytes, start))

interface Sheet {
  readonly name: string
  readonly part: string
  readonly hidden: boolean
}

/** "../worksheets/sheet1.xml" as seen from a folder. */
function resolve(folder: string, target: string): string {
  const way = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '')
  for (const step of target.split('/')) {
    if (step === '..') way.pop()
    else if (step !== '' && step !== '.') way.push(step)
  }
  return way.join('/')
}

const folderOf = (part: string): string => part.split('/').slice(0, -1).join('/')
const relationsOf = (part: string): string =>
  [folderOf(part), '_rels', `${part.split('/').at(-1) ?? ''}.rels`].filter((step) => step !== '').join('/')

/** What a part points to, by the ids that it uses. */
async function readRelations(
  book: Package,
  part: string
): Promise<Result<Map<string, { type: string; target: string }>>> {
  const found = new Map<string, { type: string; target: string }>()
  const flaw = await readPart(book, relationsOf(part), {
    open(name, attribute) {
      if (name !== 'Relationship') return
      const type = (attribute('Type') ?? '').split('/').at(-1) ?? ''
      found.set(attribute('Id') ?? '', { type, target: resolve(folderOf(part), attribute('Target') ?? '') })
    },
    close: () => undefined
  })
  return flaw ?? ok(found)
}

async function readStrings(book: Package, part: string): Promise<Result<string[]>> {
  const strings: string[] = []
  let text = ''
  let taking = false
  let spoken = 0
  const flaw = await readPart(book, part, {
    open(name) {
      if (name === 'si') text = ''
      // How a text is spoken (Japanese) is not part of it.
      else if (name === 'rPh') spoken++
      else if (name === 't') taking = spoken === 0
    },
    text(piece) {
      if (taking) text += piece
    },
    close(name) {
      if (name === 't') taking = false
      else if (name === 'rPh') spoken--
      else if (name === 'si') strings.push(text)
    }
  })
  return flaw ?? ok(strings)
}

async function readStyles(book: Package, part: string, epoch: 1900 | 1904): Promise<Result<Show[]>> {
  const codes = new Map<number, string>()
  const styles: Show[] = []
  let inCells = false
  const flaw = await readPart(book, part, {
    open(name, attribute) {
      const id = Number(attribute('numFmtId'))
      if (name === 'numFmt') codes.set(id, attribute('formatCode') ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) styles.push(showOf(id, codes.get(id), epoch))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    }
  })
  return flaw ?? ok(styles)
}

/** The sheets in their order, and the calendar that dates count by. */
async function readSheets(book: Package, part: string, relations: ReadonlyMap<string, { target: string }>) {
  const sheets: Sheet[] = []
  let epoch: 1900 | 1904 = 1900
  const flaw = await readPart(book, part, {
    open(name, attribute) {
      if (name === 'workbookPr' && /^(1|true)$/.test(attribute('date1904') ?? '')) epoch = 1904
      if (name !== 'sheet') return
      const target = relations.get(attribute('r:id') ?? attribute('id') ?? '')?.target
      const hidden = (attribute('state') ?? 'visible') !== 'visible'
      if (target !== undefined) sheets.push({ name: (attribute('name') ?? '').slice(0, 255), part: target, hidden })
    },
    close: () => undefined
  })
  return flaw ?? ok({ sheets, epoch })
}

const peeked = 50
const known = (cell: string): boolean =>
  fieldOfTitle(cell) !== null || ['guid', 'mac', 'fqdn', 'address'].includes(shapeOf(cell))

/** How much lines look like a list of computers: what is known in them counts more than how much there is. */
const worthOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { cells }) => sum + 1000 * cells.filter(known).length + (cells.length > 1 ? cells.length : 0), 0)

/** The sheet that looks most like a list; the first of equals. */
async function findSheet(book: Package, sheets: readonly Sheet[], shared: Shared): Promise<Result<Sheet | undefined>> {
  let best: { readonly sheet: Sheet; readonly worth: number } | undefined
  for (const sheet of sheets) {
    const reader = sheetReader(shared, peeked)
    const flaw = await readPart(book, sheet.part, reader)
    if (flaw !== null) return flaw
    const worth = worthOf(reader.lines)
    if (best === undefined || worth > best.worth) best = { sheet, worth }
  }
  return ok(best?.sheet)
}

/** What a ZIP archive is that is no workbook. */
const others: readonly (readonly [string, string])[] = [
  ['xl/workbook.bin', 'a binary Excel workbook (.xlsb)'],
  ['word/document.xml', 'a Word document'],
  ['ppt/presentation.xml', 'a PowerPoint presentation'],
  ['content.xml', 'an OpenDocument file']
]

/** The two kinds of file that share the old container. */
function oldContainer(bytes: Uint8Array): Result<never> {
  const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const locked = names.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return locked
    ? fail('file-encrypted', { found: 'a workbook that is locked with a password' })
    : fail('file-old-workbook', { found: 'an Excel or Office file of before 2007 (.xls)' })
}

/** Everything the cells refer to, and the sheets. */
async function openBook(
  book: Package
): Promise<Result<{ readonly sheets: readonly Sheet[]; readonly shared: Shared }>> {
  const roots = await readRelations(book, '')
  if (!roots.ok) return roots
  const main = [...roots.value.values()].find(({ type }) => type === 'officeDocument')?.target ?? ''
  const alien = others.find(([part]) => book.directory.has(part))
  if (alien !== undefined) return fail('file-not-csv', { found: alien[1] })
  const relations = await readRelations(book, main)
  if (!relations.ok) return relations
  const listed = await readSheets(book, main, relations.value)
  if (!listed.ok) return listed
  const { sheets, epoch } = listed.value
  const partOf = (kind: string) => [...relations.value.values()].find(({ type }) => type === kind)?.target
  const [stringsPart, stylesPart] = [partOf('sharedStrings'), partOf('styles')]
  const strings = stringsPart === undefined ? ok([]) : await readStrings(book, stringsPart)
  if (!strings.ok) return strings
  const styles = stylesPart === undefined ? ok([]) : await readStyles(book, stylesPart, epoch)
  if (!styles.ok) return styles
  return ok({ sheets, shared: { strings: strings.value, styles: styles.value } })
}

/** What a sheet that was read to its end is worth. */
function judged(reader: SheetReader, sheet: Sheet): Result<Rough> {
  const wide = reader.wide()
  if (wide !== null) {
    const facts = { found: `${wide.cells} cells`, expected: `${limits.cells} cells at most` }
    return fail('file-too-wide', { where: `row ${wide.line}`, ...facts })
  }
  if (reader.lines.length > limits.lines + 1) return tooManyLines
  if (reader.lines.length === 0)
    return fail('file-empty', { where: `sheet “${sheet.name}”`, found: 'a sheet without data' })
  return ok({ lines: reader.lines, notes: reader.notes() })
}

/**
 * The lines of the sheet that is `chosen` by name, or else looks most like a list. Problems: `file-encrypted`,
 * `file-old-workbook`, `file-broken-workbook`, `file-bomb`, `file-not-csv` for other archives, `file-empty`,
 * `file-too-big`, `file-too-wide`, `reading-cancelled`.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  chosen: string | undefined,
  turns: Turns
): Promise<Result<Rough & { readonly sheets: readonly string[] }>> {
  if (startsWith(bytes, oleStart)) return oldContainer(bytes)
  const directory = readDirectory(bytes)
  if (directory === 'broken') return broken('an archive whose directory is damaged or cut off')
  if (directory === 'many') return fail('file-bomb', { found: 'an archive of more than ten thousand files' })
  if (!directory.has('_rels/.rels')) {
    const alien = others.find(([part]) => directory.has(part))
    return fail('file-not-csv', { found: alien?.[1] ?? 'a ZIP archive' })
  }
  const book: Package = { bytes, directory, budget: { used: 0, read: 0 }, turns, size: bytes.length }
  const opened = await openBook(book)
  if (!opened.ok) return opened
  const { sheets, shared } = opened.value
  const visible = sheets.filter(({ hidden }) => !hidden)
  const named = sheets.find(({ name }) => name === chosen)
  const found = named === undefined ? await findSheet(book, visible.length > 0 ? visible : sheets, shared) : ok(named)
  if (!found.ok) return found
  if (found.value === undefined) return fail('file-empty', { found: 'a workbook without sheets' })
  const sheet = found.value
  const reader = sheetReader(shared, limits.lines + 2)
  const flaw = await readPart(book, sheet.part, reader)
  if (flaw !== null) return flaw
  const read = judged(reader, sheet)
  const rest = sheets.filter((other) => other !== sheet).map(({ name }) => name)
  return read.ok ? ok({ ...read.value, sheets: [sheet.name, ...rest] }) : read
}
