// What a person has set for this installation; what is not set is absent, and then nothing is done.
import type { Db } from './database.ts'

export interface Settings {
  /** Where updates may be looked for; undefined = nowhere. */
  updateServer(): string | undefined
  setUpdateServer(address: string | undefined): void
}

/** The settings table of a store. */
export function settingsOf(db: Db, now: () => number): Settings {
  const get = db.prepare<[string], { body: string }>('SELECT body FROM settings WHERE name = ?')
  const put = db.prepare('INSERT OR REPLACE INTO settings (name, body, at) VALUES (?, ?, ?)')
  const drop = db.prepare('DELETE FROM settings WHERE name = ?')
  const server = 'update server'
  return {
    updateServer: () => get.get(server)?.body,
    setUpdateServer(address) {
      if (address === undefined) drop.run(server)
      else put.run(server, address, now())
    }
  }
}
