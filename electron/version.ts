// Which build this is: version, and in a package also commit, date and the key that its updates are checked with.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** "0.1.0", or in a package "0.1.0 (4f2e1a9c0b3d, 2026-11-23)"; `root` is the folder of package.json. */
export function versionWords(root: string): string {
  const { version, buildFacts } = manifestIn(root)
  if (!buildFacts) return version
  const { commit, date, release } = buildFacts
  return `${version} (${commit}, ${date.slice(0, 10)}${release ? '' : ', not for release'})`
}

/** What an update has to be later than, and by whom it has to be signed. */
export function updateFacts(root: string): { readonly version: string; readonly key: string | undefined } {
  const { version, buildFacts } = manifestIn(root)
  return { version, key: buildFacts?.updateKey }
}
