// What the store knows about setting up from nothing: jobs that wait for a hello, kept certificates and pairs. Chains, keys and PPS are not here.
import { z } from 'zod'
import { guidKey } from '../../shared/guid.ts'
import { type Call, callSchema, type Pair } from '../../shared/setUp.ts'
import type { MadeUsbKey } from '../../shared/usbKey.ts'
import type { Db } from './database.ts'

/** A job that sets its computer up from nothing. */
export interface SetUp {
  readonly jobId: string
  /** When it is tried without a hello, and given up (ms since 1970). */
  readonly untilAt: number
  /** The last hello of its computer, and when it came. */
  readonly call: Call | undefined
  readonly heardAt: number | null
}

/** A kept certificate: where its parts lie in the keychain. */
export interface KeptProvisioning {
  readonly fingerprint: string
  readonly certificate: readonly string[]
  readonly key: readonly string[]
}

/** A kept pair: the slots of its PPS and of the MEBx password that goes with it, where there is one. */
export interface KeptPair extends Pair {
  readonly slot: string
  readonly mebx: string | null
}

/** A USB key that was made; `mebx` is the slot of the one password on it, null where each pair has its own. */
export interface KeptUsbKey extends MadeUsbKey {
  readonly mebx: string | null
}

export interface SetUps {
  of(jobId: string): SetUp | undefined
  begin(jobId: string, untilAt: number): void
  heard(jobId: string, call: Call): void
  /** Jobs of running and paused imports for this GUID, in either byte order, the newest import first. */
  jobsFor(guid: string, practice: boolean): readonly string[]
  /** Jobs of an import that wait for their hello. */
  awaited(importId: string): readonly string[]

  certificates(practice: boolean): readonly KeptProvisioning[]
  keepCertificate(practice: boolean, kept: KeptProvisioning): void
  forgetCertificate(practice: boolean, fingerprint: string): void

  pairs(practice: boolean): readonly KeptPair[]
  keepPair(practice: boolean, pair: KeptPair): void
  forgetPair(practice: boolean, pid: string): void

  usbKeys(practice: boolean): readonly KeptUsbKey[]
  keepUsbKey(practice: boolean, key: KeptUsbKey): void
  forgetUsbKey(id: string): void
}

const slotsSchema = z.object({ certificate: z.array(z.string()), key: z.array(z.string()) })

interface Line {
  readonly until_at: number
  readonly heard_at: number | null
  readonly call: string | null
}

/** The set-up tables of a store. */
export function setUpsOf(db: Db, now: () => number): SetUps {
  const getOne = db.prepare<[string], Line>('SELECT until_at, heard_at, call FROM set_ups WHERE job_id = ?')
  const putOne = db.prepare(
    `INSERT INTO set_ups (job_id, until_at) VALUES (?, ?)
     ON CONFLICT (job_id) DO UPDATE SET until_at = excluded.until_at`
  )
  const setCall = db.prepare('UPDATE set_ups SET heard_at = ?, call = ? WHERE job_id = ?')
  const getJobs = db.prepare<[string, number], { id: string }>(
    `SELECT jobs.id FROM set_ups JOIN jobs ON jobs.id = set_ups.job_id JOIN imports ON imports.id = jobs.import_id
     WHERE jobs.guid = ? AND imports.practice = ? AND imports.state IN ('running', 'paused')
     ORDER BY imports.started_at DESC`
  )
  const getAwaited = db.prepare<[string], { id: string }>(
    `SELECT id FROM jobs WHERE import_id = ? AND state = 'later' AND problem ->> '$.code' = 'hello-awaited'
       AND id IN (SELECT job_id FROM set_ups)`
  )
  const getCertificates = db.prepare<[number], { fingerprint: string; slots: string }>(
    'SELECT fingerprint, slots FROM provisioning_certificates WHERE practice = ? ORDER BY at DESC'
  )
  const putCertificate = db.prepare(
    'INSERT OR REPLACE INTO provisioning_certificates (fingerprint, practice, slots, at) VALUES (?, ?, ?, ?)'
  )
  const dropCertificate = db.prepare('DELETE FROM provisioning_certificates WHERE practice = ? AND fingerprint = ?')
  const getPairs = db.prepare<[number], KeptPair>(
    'SELECT pid, source, at, slot, mebx FROM psk_pairs WHERE practice = ? ORDER BY pid'
  )
  const putPair = db.prepare(
    'INSERT OR REPLACE INTO psk_pairs (pid, practice, slot, source, at, mebx) VALUES (?, ?, ?, ?, ?, ?)'
  )
  const dropPair = db.prepare('DELETE FROM psk_pairs WHERE practice = ? AND pid = ?')
  const getKeys = db.prepare<[number], KeptUsbKey>(
    'SELECT id, at, version, computers, mebx FROM usb_keys WHERE practice = ? ORDER BY at DESC'
  )
  const putKey = db.prepare(
    'INSERT INTO usb_keys (id, practice, at, version, computers, mebx) VALUES (?, ?, ?, ?, ?, ?)'
  )
  const dropKey = db.prepare('DELETE FROM usb_keys WHERE id = ?')
  const flag = (practice: boolean): number => (practice ? 1 : 0)
  return {
    of(jobId) {
      const line = getOne.get(jobId)
      if (!line) return undefined
      const call = line.call === null ? undefined : callSchema.parse(JSON.parse(line.call))
      return { jobId, untilAt: line.until_at, call, heardAt: line.heard_at }
    },
    begin: (jobId, untilAt) => void putOne.run(jobId, untilAt),
    heard: (jobId, call) => void setCall.run(now(), JSON.stringify(call), jobId),
    jobsFor: (guid, practice) => getJobs.all(guidKey(guid), flag(practice)).map(({ id }) => id),
    awaited: (importId) => getAwaited.all(importId).map(({ id }) => id),
    certificates: (practice) =>
      getCertificates
        .all(flag(practice))
        .map(({ fingerprint, slots }) => ({ fingerprint, ...slotsSchema.parse(JSON.parse(slots)) })),
    keepCertificate: (practice, { fingerprint, ...slots }) =>
      void putCertificate.run(fingerprint, flag(practice), JSON.stringify(slots), now()),
    forgetCertificate: (practice, fingerprint) => void dropCertificate.run(flag(practice), fingerprint),
    pairs: (practice) => getPairs.all(flag(practice)),
    keepPair: (practice, { pid, slot, source, at, mebx }) =>
      void putPair.run(pid, flag(practice), slot, source, at, mebx),
    forgetPair: (practice, pid) => void dropPair.run(flag(practice), pid),
    usbKeys: (practice) => getKeys.all(flag(practice)),
    keepUsbKey: (practice, { id, at, version, computers, mebx }) =>
      void putKey.run(id, flag(practice), at, version, computers, mebx),
    forgetUsbKey: (id) => void dropKey.run(id)
  }
}
