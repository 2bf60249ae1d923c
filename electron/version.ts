// Which build this is, in words: version, and in a package also commit and date.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  version: z.string(),
  /** Written when a package is made (build/pack/stage.mjs); absent in a checkout. */
  buildFacts: z.object({ commit: z.string(), date: z.string(), release: z.boolean() }).optional()
})

/** "0.1.0", or in a package "0.1.0 (4f2e1a9c0b3d, 2026-11-23)"; `root` is the folder of package.json. */
export function versionWords(root: string): string {
  const { version, buildFacts } = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  if (!buildFacts) return version
  const { commit, date, release } = buildFacts
  return `${version} (${commit}, ${date.slice(0, 10)}${release ? '' : ', not for release'})`
}
