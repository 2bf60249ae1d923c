// `--profile FILE|NAME`: an exported profile, one of the ready ones, or one that was saved under a name in the window.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { presets } from '../../shared/profile/presets.ts'
import { findings } from '../../shared/profile/rules.ts'
import { defaultProfile, type NamedProfile, type Profile } from '../../shared/profile.ts'
import { longestProfile, readProfile } from '../profiles.ts'

async function ofFile(file: string): Promise<Result<Profile>> {
  const where = basename(file)
  const { size } = await stat(file)
  if (size > longestProfile) return fail('profile-unreadable', { where, found: `${size} bytes` })
  const read = readProfile(await readFile(file, 'utf8'))
  return read.ok ? read : { ok: false, problem: { ...read.problem, where } }
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false
  )

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/**
 * The profile that is named; without a name the take-over alone. A file goes before a name, a saved one before a ready one.
 * Problems: profile-unknown, profile-unreadable.
 */
export async function profileOf(named: string | undefined, saved: readonly NamedProfile[]): Promise<Result<Profile>> {
  if (named === undefined) return ok(defaultProfile)
  if (await isFile(named)) return ofFile(named)
  const one = saved.find(({ name }) => same(name, named))
  if (one) {
    const { id, name, version, profile } = one
    return ok({ ...profile, origin: { id, name, version } })
  }
  const ready = presets.find(({ id, title }) => same(id, named) || same(title, named))
  if (ready) return ok(ready.profile)
  const names = [...saved.map(({ name }) => name), ...presets.map(({ id }) => id)]
  return fail('profile-unknown', { found: named, expected: `a file, or one of: ${names.join(', ')}` })
}

/** What is refused in it, as one Problem; the same sentences as on the page. */
export function accepted(profile: Profile): Result<Profile> {
  const refused = findings(profile).filter(({ severity }) => severity === 'refused')
  return refused.length === 0
    ? ok(profile)
    : fail('not-ready', { values: { what: refused.map(({ text }) => text).join(' ') }, where: 'the profile' })
}
