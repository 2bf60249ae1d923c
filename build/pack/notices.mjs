// What is inside a package: licences of everything bundled, and a bill of materials in CycloneDX form.
// `npm sbom` knows what is installed; what is shipped only the bundlers know, so their lists are the source.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at } from '../paths.mjs'

/** Licences that the shipped parts may have; anything else stops the packing until a person has looked at it. */
export const allowedLicences = [
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0'
]

/** Of several that may be chosen the first one that is allowed: "(BSD-3-Clause OR GPL-2.0)" is BSD-3-Clause here. */
const chosen = (said) =>
  said
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .find((each) => allowedLicences.includes(each)) ?? said

/** @returns {{ name: string, version: string, licence: string, text: string }} */
function partOf(name) {
  const folder = at('node_modules', name)
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each))
  const text = file && existsSync(path.join(folder, file)) ? readFileSync(path.join(folder, file), 'utf8').trim() : ''
  return { name, version, licence: chosen(license?.type ?? license ?? 'unknown'), text }
}

const component = ({ name, version, licence }) => ({
  type: 'library',
  name,
  version,
  purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  licenses: [{ license: { id: licence } }]
})

/**
 * Writes THIRD-PARTY-LICENCES.txt and sbom.cdx.json into a folder.
 * @param {string} folder @param {{ version: string, date: string, electron: string }} about @param {readonly string[]} native
 */
export function writeNotices(folder, about, native) {
  const bundled = JSON.parse(readFileSync(at('dist/packages.json'), 'utf8'))
  const parts = [...new Set([...bundled, ...native])].sort().map(partOf)
  const strange = parts.filter(({ licence }) => !allowedLicences.includes(licence))
  if (strange.length > 0) {
    throw new Error(`not an allowed licence: ${strange.map(({ name, licence }) => `${name} (${licence})`).join(', ')}`)
  }
  const head = `AMT Migration Wizard ${about.version} contains these parts. Electron and Chromium: LICENSE.electron.txt, LICENSES.chromium.html.\n`
  const sections = parts.map(
    ({ name, version, licence, text }) =>
      `${'-'.repeat(78)}\n${name} ${version} (${licence})\n\n${text || 'The package carries no licence text of its own.'}\n`
  )
  writeFileSync(path.join(folder, 'THIRD-PARTY-LICENCES.txt'), [head, ...sections].join('\n'))
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      timestamp: about.date,
      component: { type: 'application', name: 'amt-migration-wizard', version: about.version }
    },
    components: [
      { type: 'framework', name: 'electron', version: about.electron, purl: `pkg:npm/electron@${about.electron}` },
      ...parts.map(component)
    ]
  }
  writeFileSync(path.join(folder, 'sbom.cdx.json'), JSON.stringify(sbom, null, 2))
  return parts.length
}
