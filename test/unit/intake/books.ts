// Makes workbooks for tests: small, real .xlsx files with just the parts that a reader needs.
import { strToU8, zipSync } from 'fflate'

export type BookCell = string | number | boolean | { readonly xml: string }

export interface BookSheet {
  readonly name: string
  readonly rows: readonly (readonly BookCell[])[]
  readonly hidden?: boolean
  /** Numbers of the rows that are hidden. */
  readonly hiddenRows?: readonly number[]
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')

const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)

function cellXml(cell: BookCell, reference: string, strings: Map<string, number>): string {
  if (cell === '') return ''
  if (typeof cell === 'object') return cell.xml.replace('<c', `<c r="${reference}"`)
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (!strings.has(cell)) strings.set(cell, strings.size)
  return `<c r="${reference}" t="s"><v>${strings.get(cell)}</v></c>`
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relationship = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`
const relationshipsXml = (all: string): string =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all}</Relationships>`

/** The parts of a workbook by name, to be damaged before they are packed. */
export function bookParts(sheets: readonly BookSheet[], styles = ''): Record<string, string> {
  const strings = new Map<string, number>()
  const parts: Record<string, string> = {
    '_rels/.rels': relationshipsXml(relationship('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets
      .map(
        ({ name, hidden }, at) =>
          `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"${hidden === true ? ' state="hidden"' : ''}/>`
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationshipsXml(
      sheets.map((_, at) => relationship(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('') +
        relationship('rIdS', 'sharedStrings', 'sharedStrings.xml') +
        relationship('rIdT', 'styles', '/xl/styles.xml')
    ),
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}">${styles}</styleSheet>`
  }
  sheets.forEach(({ rows, hiddenRows }, at) => {
    const body = rows.map((cells, row) => {
      const hidden = hiddenRows?.includes(row + 1) === true ? ' hidden="1"' : ''
      return `<row r="${row + 1}"${hidden}>${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`, strings)).join('')}</row>`
    })
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `${head}<worksheet xmlns="${main}"><sheetData>${body.join('')}</sheetData></worksheet>`
  })
  const items = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
  parts['xl/sharedStrings.xml'] = `${head}<sst xmlns="${main}">${items.join('')}</sst>`
  return parts
}

export const pack = (parts: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))

export const book = (...sheets: readonly BookSheet[]): Uint8Array => pack(bookParts(sheets))
