// What runs outside the page, each bundled into one file with esbuild.
import { build } from 'esbuild'
import { root } from './paths.mjs'

/** The file each program begins with. */
const programs = {
  main: 'electron/main.ts',
  preload: 'electron/app/preload.ts',
  cli: 'electron/cli.ts',
  simulate: 'electron/simulator/main.ts'
}

/**
 * Writes the programs of these names, all unless given, into a folder directly below the root: they look for the folders
 * beside their own.
 * @returns {Promise<string[]>} the files that went into them
 */
export async function bundlePrograms(outdir, names = Object.keys(programs)) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, programs[name]])),
    outdir,
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
