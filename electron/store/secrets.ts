// What the store knows about secrets: slots and roles, tries and pins. Never a secret itself.
import { guidKey } from '../../shared/guid.ts'
import type { Db } from './database.ts'

/** TLS below 1.2, which is spoken only where a person permitted it. */
export type OldTls = '1.1' | '1.0'

/** What a secret opens: `admin` the Remote Admin Account, `mebx`, `user NAME`, `server HOST`, `wifi SSID`, `wired` 802.1X. Only `admin` is ever tried. */
export type Purpose = 'admin' | 'mebx' | 'wired' | `user ${string}` | `server ${string}` | `wifi ${string}`

/**
 * `pending` escrowed before it is sent, `current` in use (for `admin`: proved by a login), `former` kept until released.
 * A device has at most one current secret for a purpose.
 */
export type SecretRole = 'pending' | 'current' | 'former'
export interface KeptSecret {
  readonly slot: string
  readonly guid: string
  readonly username: string
  readonly role: SecretRole
}

export interface Secrets {
  /** Of one device, newest first; those of the Remote Admin Account unless another purpose is named. */
  of(guid: string, purpose?: Purpose): KeptSecret[]
  all(practice: boolean): KeptSecret[]
  /** Of one device, whatever they open; what is in use first. */
  every(guid: string): (KeptSecret & { readonly purpose: Purpose })[]
  add(secret: KeptSecret & { readonly practice: boolean; readonly jobId: string; readonly purpose?: Purpose }): void
  /** Makes the slot the current one; what was current becomes former. Returns the former slot. */
  promote(guid: string, slot: string, purpose?: Purpose): string | undefined
  /** Slots that are released: their entries in the keychain are gone. */
  release(slots: readonly string[]): void
  isReleased(slot: string): boolean
  /** Secrets, tries and pins of practice devices: they are as on the first day. */
  forgetPractice(): void

  /** Written before a password is tried: a kill in between still counts. Returns the number of the try. */
  beginTry(guid: string, slot: string): number
  endTry(id: number, fitted: boolean): void
  /** Tries that did not fit (or whose end is unknown) since the given time and since the last that fitted. */
  failedTries(guid: string, since: number): readonly { readonly slot: string; readonly at: number }[]
  /** The slot whose password this device took last, as far as is remembered. */
  lastFitted(guid: string): string | undefined
  /** How often each slot was refused by this device since one last fitted; a try that was cut off says nothing. */
  refusals(guid: string): ReadonlyMap<string, number>

  /** SHA-256 of the certificate this computer showed when its identity was confirmed. */
  pin(guid: string): string | undefined
  setPin(guid: string, fingerprint: string): void
  dropPin(guid: string): void

  /** The oldest TLS a person permitted for this computer; undefined = only modern TLS. */
  tlsFloor(guid: string): OldTls | undefined
  allowTls(guid: string, floor: OldTls): void
}

/** The secret, try and pin tables of a store. A device is the same in both byte orders of its GUID. */
export function secretsOf(db: Db, now: () => number): Secrets {
  const ofGuid = db.prepare<[string, string], KeptSecret>(
    'SELECT slot, guid, username, role FROM secrets WHERE guid = ? AND purpose = ? ORDER BY at DESC'
  )
  const ofKind = db.prepare<[number], KeptSecret>('SELECT slot, guid, username, role FROM secrets WHERE practice = ?')
  const everyOf = db.prepare<[string], KeptSecret & { purpose: Purpose }>(
    'SELECT slot, guid, username, role, purpose FROM secrets WHERE guid = ? ORDER BY purpose, role, at DESC'
  )
  const put = db.prepare(
    `INSERT INTO secrets (slot, guid, purpose, username, role, practice, job_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (guid, purpose, slot) DO NOTHING`
  )
  const setRole = db.prepare('UPDATE secrets SET role = ?, at = ? WHERE guid = ? AND purpose = ? AND slot = ?')
  const current = db.prepare<[string, string], { slot: string }>(
    "SELECT slot FROM secrets WHERE guid = ? AND purpose = ? AND role = 'current'"
  )
  const putReleased = db.prepare('INSERT INTO released (slot, at) VALUES (?, ?) ON CONFLICT (slot) DO NOTHING')
  const getReleased = db.prepare<[string]>('SELECT 1 FROM released WHERE slot = ?')
  const dropFormer = db.prepare("DELETE FROM secrets WHERE slot = ? AND role = 'former'")
  const dropPractice = db.prepare('DELETE FROM secrets WHERE practice = 1')
  const dropPracticeTries = db.prepare(
    `DELETE FROM tries WHERE guid IN (SELECT guid FROM jobs JOIN imports ON imports.id = import_id WHERE practice = 1)
       AND guid NOT IN (SELECT guid FROM jobs JOIN imports ON imports.id = import_id WHERE practice = 0)`
  )
  // A fleet on its first day shows the certificates of that day.
  const dropPracticePins = db.prepare(
    `DELETE FROM pins WHERE guid IN (SELECT guid FROM jobs JOIN imports ON imports.id = import_id WHERE practice = 1)
       AND guid NOT IN (SELECT guid FROM jobs JOIN imports ON imports.id = import_id WHERE practice = 0)`
  )
  const putTry = db.prepare('INSERT INTO tries (guid, slot, at) VALUES (?, ?, ?)')
  const setFitted = db.prepare('UPDATE tries SET fitted = ? WHERE id = ?')
  const misses = db.prepare<[string, string], { slot: string; at: number; fitted: number | null }>(
    `SELECT slot, at, fitted FROM tries WHERE guid = ? AND coalesce(fitted, 0) = 0
       AND id > coalesce((SELECT max(id) FROM tries WHERE guid = ? AND fitted = 1), 0) ORDER BY id`
  )
  const fitting = db.prepare<[string], { slot: string }>(
    'SELECT slot FROM tries WHERE guid = ? AND fitted = 1 ORDER BY id DESC LIMIT 1'
  )
  const getPin = db.prepare<[string], { fingerprint: string }>('SELECT fingerprint FROM pins WHERE guid = ?')
  const putPin = db.prepare(
    `INSERT INTO pins (guid, fingerprint, at) VALUES (?, ?, ?)
     ON CONFLICT (guid) DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at`
  )
  const getFloor = db.prepare<[string], { floor: OldTls }>('SELECT floor FROM tls_floors WHERE guid = ?')
  const putFloor = db.prepare(
    `INSERT INTO tls_floors (guid, floor, at) VALUES (?, ?, ?)
     ON CONFLICT (guid) DO UPDATE SET floor = excluded.floor, at = excluded.at`
  )
  const deletePin = db.prepare('DELETE FROM pins WHERE guid = ?')
  return {
    of: (guid, purpose = 'admin') => ofGuid.all(guidKey(guid), purpose),
    all: (practice) => ofKind.all(practice ? 1 : 0),
    every: (guid) => everyOf.all(guidKey(guid)),
    add: (s) =>
      void put.run(
        s.slot,
        guidKey(s.guid),
        s.purpose ?? 'admin',
        s.username,
        s.role,
        s.practice ? 1 : 0,
        s.jobId,
        now()
      ),
    promote(device, slot, purpose = 'admin') {
      const guid = guidKey(device)
      const former = current.get(guid, purpose)?.slot
      if (former === slot) return undefined
      if (former !== undefined) setRole.run('former', now(), guid, purpose, former)
      setRole.run('current', now(), guid, purpose, slot)
      return former
    },
    release(slots) {
      for (const slot of slots) {
        putReleased.run(slot, now())
        dropFormer.run(slot)
      }
    },
    isReleased: (slot) => getReleased.get(slot) !== undefined,
    forgetPractice() {
      dropPractice.run()
      dropPracticeTries.run()
      dropPracticePins.run()
    },
    beginTry: (guid, slot) => Number(putTry.run(guidKey(guid), slot, now()).lastInsertRowid),
    endTry: (id, fitted) => void setFitted.run(fitted ? 1 : 0, id),
    failedTries: (guid, since) => misses.all(guidKey(guid), guidKey(guid)).filter(({ at }) => at >= since),
    lastFitted: (guid) => fitting.get(guidKey(guid))?.slot,
    refusals(guid) {
      const counts = new Map<string, number>()
      for (const { slot, fitted } of misses.all(guidKey(guid), guidKey(guid))) {
        if (fitted === 0) counts.set(slot, (counts.get(slot) ?? 0) + 1)
      }
      return counts
    },
    pin: (guid) => getPin.get(guidKey(guid))?.fingerprint,
    setPin: (guid, fingerprint) => void putPin.run(guidKey(guid), fingerprint, now()),
    dropPin: (guid) => void deletePin.run(guidKey(guid)),
    tlsFloor: (guid) => getFloor.get(guidKey(guid))?.floor,
    allowTls: (guid, floor) => void putFloor.run(guidKey(guid), floor, now())
  }
}
