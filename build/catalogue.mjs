// Writes PROBLEMS.md, the catalogue of everything the wizard can say went wrong, from the tables in shared/problems/.
//   node build/catalogue.mjs            writes it
//   node build/catalogue.mjs --check    exits with 1 when it is not what the tables say
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { at } from './paths.mjs'

const file = at('PROBLEMS.md')

/** What each table is about, in the order of the catalogue; a table that is missing here comes last under its own name. */
const headings = {
  file: 'Lists and files',
  row: 'Rows of a list',
  wire: 'Devices and the way to them',
  work: 'The work itself, the keychain and the data folder'
}

/** What becomes of a computer that has it. Of a list, only a person can say. */
const again = {
  now: 'It is tried again at once.',
  later: 'It is tried again later, by itself.',
  person: 'It waits for a person.',
  never: 'It is not tried again.'
}

/** A column that is filled in when it happens. */
const plain = (text) => text.replaceAll(/\{(\w+)\}/g, '*$1*')

const lists = new Set(['file', 'row'])

const entryText = (name, [code, { title, meaning, remedy, retry }]) => {
  const doing = [plain(remedy), ...(lists.has(name) ? [] : [again[retry]])].join(' ')
  return `### ${plain(title)}\n\n\`${code}\`\n\n${plain(meaning)}\n\n**What to do:** ${doing}\n`
}

async function tableOf(name) {
  const module = await import(pathToFileURL(at('shared/problems', `${name}.ts`)).href)
  return Object.values(module)[0]
}

async function catalogue() {
  const found = readdirSync(at('shared/problems'))
    .map((each) => each.replace(/\.ts$/, ''))
    .filter((name) => name !== 'entry')
  const names = [...Object.keys(headings), ...found.filter((name) => !(name in headings)).sort()]
  const parts = []
  for (const name of names) {
    const entries = Object.entries(await tableOf(name)).sort(([, a], [, b]) => a.title.localeCompare(b.title, 'en'))
    parts.push(`## ${headings[name] ?? name}\n\n${entries.map((entry) => entryText(name, entry)).join('\n')}`)
  }
  return `# What can go wrong, and what to do

Every message of the wizard, by what it is about. The same words stand in the window, on the command line and in reports; the code in
small letters is what \`--json\` prints and what \`amt-migrate retry --cause\` takes. Words in *italics* are filled in when it happens.
This file is written by \`npm run catalogue\` from the tables in \`shared/problems/\`.

${parts.join('\n')}`
}

const text = await catalogue()
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('PROBLEMS.md is not what the tables in shared/problems/ say: run "npm run catalogue".')
    process.exit(1)
  }
} else {
  writeFileSync(file, text)
}
