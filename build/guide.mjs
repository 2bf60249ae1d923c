// Writes the pages of FIELD-GUIDE.md from the window's own help, with the pictures that the window tests took.
//   node build/guide.mjs            after `node build/test.mjs e2e`: text and pictures
//   node build/guide.mjs --check    exits with 1 when the text is not what the help says
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { at } from './paths.mjs'

const file = at('FIELD-GUIDE.md')
const folder = 'resources/guide'
const begin = '<!-- written by npm run guide: begin -->'
const end = '<!-- written by npm run guide: end -->'

const shared = (name) => import(pathToFileURL(at('shared', name)).href)
const { help, helpTitles } = await shared('help.ts')

const page = (id) => {
  const { about, why, practise } = help[id]
  const picture = existsSync(at(folder, `${id}.png`)) ? `![${helpTitles[id]}](${folder}/${id}.png)\n\n` : ''
  const reasons = why.map(({ asks, because }) => `- **${asks}** ${because}`).join('\n')
  return `### ${helpTitles[id]}\n\n${about}\n\n${picture}${reasons}\n\n*In practice:* ${practise}\n`
}

const written = () => `${begin}\n\n${Object.keys(help).map(page).join('\n')}\n${end}`

function withPages(text) {
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < 0) throw new Error(`${file} has lost its marks`)
  return text.slice(0, from) + written() + text.slice(to + end.length)
}

/** Pictures that are not called like their page. */
const pictures = {
  start: 'start-empty',
  outOfBand: 'out-of-band-empty',
  packs: 'packs-conflict',
  progress: 'progress-through'
}

/** These pages show who works, and on which machine: there is no picture of them. */
const unpictured = new Set(['confirmation', 'packs', 'audit', 'settings'])

const takePictures = () => {
  mkdirSync(at(folder), { recursive: true })
  for (const id of Object.keys(help).filter((each) => !unpictured.has(each))) {
    const taken = at('test-results/pictures', `${pictures[id] ?? id}-light.png`)
    if (existsSync(taken)) copyFileSync(taken, at(folder, `${id}.png`))
    else console.log(`no picture of ${id}: the window tests have not taken one`)
  }
}

const text = readFileSync(file, 'utf8')
if (process.argv.includes('--check')) {
  if (withPages(text) !== text) {
    console.error('FIELD-GUIDE.md is not what the help says: run "npm run guide".')
    process.exit(1)
  }
} else {
  takePictures()
  writeFileSync(file, withPages(text))
}
