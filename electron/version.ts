// Which build this is: version, and in a package also commit, date and the key that its updates are checked with; in a checkout
// the commit, where git left one.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  version: z.string(),
  /** Written when a package is made (build/pack/stage.mjs); absent in a checkout. */
  buildFacts: z
    .object({
      commit: z.string(),
      date: z.string(),
      release: z.boolean(),
      /** Ed25519, SubjectPublicKeyInfo in DER, base64; absent when it was packed without one. */
      updateKey: z.string().optional()
    })
    .optional()
})

const manifestIn = (root: string): z.infer<typeof manifestSchema> =>
  manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

/** A file's text without the line end; undefined when it cannot be read. */
function textOf(...path: readonly string[]): string | undefined {
  try {
    return readFileSync(join(...path), 'utf8').trim()
  } catch {
    return undefined
  }
}

/**
 * The commit a checkout stands on, read from git's own files: git itself may not be there (gitrepository-layout(5)). What was
 * changed since does not show.
 */
function checkedOut(root: string): string | undefined {
  // A worktree has a file there that names its folder.
  const elsewhere = /^gitdir: (.+)$/.exec(textOf(root, '.git') ?? '')?.[1]
  const folder = elsewhere === undefined ? join(root, '.git') : resolve(root, elsewhere)
  const common = resolve(folder, textOf(folder, 'commondir') ?? '.')
  const head = textOf(folder, 'HEAD')
  const branch = /^ref: (refs\/[\w./-]+)$/.exec(head ?? '')?.[1]
  const packed = (): string | undefined =>
    textOf(common, 'packed-refs')
      ?.split('\n')
      .find((line) => line.endsWith(` ${branch}`))
  const commit = branch === undefined ? head : (textOf(folder, branch) ?? textOf(common, branch) ?? packed())
  return /^[0-9a-f]{12}/.exec(commit ?? '')?.[0]
}

/** "0.1.0 (4f2e1a9c0b3d, a checkout)", or in a package "0.1.0 (4f2e1a9c0b3d, 2026-11-23)"; `root` is the folder of package.json. */
export function versionWords(root: string): string {
  const { version, buildFacts } = manifestIn(root)
  if (!buildFacts) {
    const commit = checkedOut(root)
    return commit === undefined ? version : `${version} (${commit}, a checkout)`
  }
  const { commit, date, release } = buildFacts
  return `${version} (${commit}, ${date.slice(0, 10)}${release ? '' : ', not for release'})`
}

/** What an update has to be later than, and by whom it has to be signed. */
export function updateFacts(root: string): { readonly version: string; readonly key: string | undefined } {
  const { version, buildFacts } = manifestIn(root)
  return { version, key: buildFacts?.updateKey }
}
