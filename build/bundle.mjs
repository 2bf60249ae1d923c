// Turns the sources into dist/: the programs with esbuild, the page with vite.
//   node build/bundle.mjs             both
//   node build/bundle.mjs programs    only what runs outside the page
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { at, root } from './paths.mjs'

const programs = {
  main: 'electron/main.ts',
  preload: 'electron/app/preload.ts',
  cli: 'electron/cli.ts',
  simulate: 'electron/simulator/main.ts'
}

/** @returns {Promise<string[]>} the files that went into the programs */
async function bundlePrograms() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The oldest runtime that must run these bytes is the Electron of the development bundle.
    target: 'node20.18',
    external: ['electron', 'better-sqlite3', 'keytar'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'warning'
  })
  return Object.keys(metafile.inputs)
}

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
  await bundlePrograms()
} else {
  rmSync(at('dist'), { recursive: true, force: true })
  const files = (await Promise.all([bundlePrograms(), bundlePage()])).flat()
  writeFileSync(at('dist/packages.json'), JSON.stringify(packagesOf(files), null, 2))
}
