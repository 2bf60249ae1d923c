// Turns the sources into dist/: the programs with esbuild, the page with vite.
//   node build/bundle.mjs             both
//   node build/bundle.mjs programs    only what runs outside the page
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { at } from './paths.mjs'
import { bundlePrograms } from './programs.mjs'

/** @returns {Promise<string[]>} the files that went into the page */
async function bundlePage() {
  // Loaded late: the headless start has no use for vite and should not wait for it.
  const vite = await import('vite')
  const output = await vite.build({ root: at('renderer'), configFile: at('vite.config.ts'), logLevel: 'warn' })
  return [output].flat().flatMap((each) => each.output.flatMap((file) => file.moduleIds ?? []))
}

/** Names of the packages whose files were bundled: what the licences and the bill of materials of a package are made from. */
const packagesOf = (files) =>
  [...new Set(files.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file.replaceAll('\\', '/'))?.[1]))]
    .filter((name) => name !== undefined)
    .sort()

mkdirSync(at('dist'), { recursive: true })
if (process.argv[2] === 'programs') {
  await bundlePrograms('dist')
} else {
  rmSync(at('dist'), { recursive: true, force: true })
  const files = (await Promise.all([bundlePrograms('dist'), bundlePage()])).flat()
  writeFileSync(at('dist/packages.json'), JSON.stringify(packagesOf(files), null, 2))
}
