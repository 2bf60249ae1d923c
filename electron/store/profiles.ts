// Named profiles: one row each, a version more with every saving, never with a secret.
import { type NamedProfile, namedProfileSchema, type Profile, withoutSecrets } from '../../shared/profile.ts'
import type { Db } from './database.ts'

export interface Profiles {
  /** By name. */
  all(): NamedProfile[]
  get(id: string): NamedProfile | undefined
  /** A new one, or one version more of the one with this id. */
  save(id: string, name: string, profile: Profile): NamedProfile
  /** One of another installation, as it is; false when one with its id is here already. */
  take(named: NamedProfile): boolean
  remove(id: string): void
}

/** The profile table of a store. */
export function profilesOf(db: Db, now: () => number): Profiles {
  const list = db.prepare<[], { body: string }>('SELECT body FROM profiles ORDER BY name COLLATE NOCASE')
  const one = db.prepare<[string], { body: string }>('SELECT body FROM profiles WHERE id = ?')
  const put = db.prepare(
    `INSERT INTO profiles (id, name, body) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body`
  )
  const drop = db.prepare('DELETE FROM profiles WHERE id = ?')
  const read = ({ body }: { body: string }): NamedProfile => namedProfileSchema.parse(JSON.parse(body))
  function get(id: string): NamedProfile | undefined {
    const line = one.get(id)
    return line && read(line)
  }
  return {
    all: () => list.all().map(read),
    get,
    save(id, name, profile) {
      const version = (get(id)?.version ?? 0) + 1
      const bare = { ...withoutSecrets(profile), origin: null }
      const named = namedProfileSchema.parse({ id, name, version, savedAt: now(), profile: bare })
      put.run(id, named.name, JSON.stringify(named))
      return named
    },
    take(named) {
      if (get(named.id) !== undefined) return false
      put.run(named.id, named.name, JSON.stringify({ ...named, profile: withoutSecrets(named.profile) }))
      return true
    },
    remove: (id) => void drop.run(id)
  }
}
