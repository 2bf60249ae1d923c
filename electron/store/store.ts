// One store: the tables of a data folder, with one way to write several things together.
import type { AuditKind } from '../../shared/audit.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { type Audit, auditOf } from './audit.ts'
import { type Callers, callersOf } from './callers.ts'
import { type Certificates, certificatesOf } from './certificates.ts'
import { type Checks, checksOf } from './checks.ts'
import { openDatabase, storeVersion } from './database.ts'
import { type DeviceLogs, deviceLogsIn } from './deviceLogs.ts'
import { type Drafts, draftsOf } from './drafts.ts'
import { type ExportResults, exportResultsOf } from './exportResults.ts'
import { type Installation, installationIn } from './installation.ts'
import { type Jobs, jobsOf } from './jobs.ts'
import { type Mappings, mappingsOf } from './mappings.ts'
import { type Packs, packsOf } from './packs.ts'
import { type Profiles, profilesOf } from './profiles.ts'
import { type ReturnedAudit, returnedAuditIn } from './returnedAudit.ts'
import { type Secrets, secretsOf } from './secrets.ts'
import { type Settings, settingsOf } from './settings.ts'
import { type SetUps, setUpsOf } from './setUps.ts'
import { slotsIn } from './slots.ts'
import { type Watches, watchesOf } from './watches.ts'

export interface Store {
  readonly drafts: Drafts
  readonly checks: Checks
  readonly profiles: Profiles
  readonly jobs: Jobs
  readonly secrets: Secrets
  readonly mappings: Mappings
  readonly watches: Watches
  readonly certificates: Certificates
  readonly setUps: SetUps
  readonly callers: Callers
  readonly exportResults: ExportResults
  readonly installation: Installation
  readonly deviceLogs: DeviceLogs
  readonly packs: Packs
  readonly settings: Settings
  readonly returnedAudit: ReturnedAudit
  readonly audit: Audit
  /** All or nothing; no end of the program undoes it once it returned. */
  together<T>(write: () => T): T
  /** Resolves once everything written before is on the disk, so that even failing power keeps it. */
  settled(): Promise<void>
  /** Names of the keychain entries that anything here speaks of, of practice and of real computers. */
  slots(): ReadonlySet<string>
  /** Changes when another program has written; only equality means something. */
  version(): number
  close(): void
}

/**
 * Opens the store of a data folder; who writes holds its lease. `watch` hears the kind of each audit entry as it is written.
 */
export function openStore(options: {
  readonly folder: string
  readonly actor: string
  readonly now: () => number
  readonly watch?: ((kind: AuditKind) => void) | undefined
  /** Only to look: nothing is written, and a folder without a store is a Problem. */
  readonly readOnly?: boolean
}): Result<Store> {
  const opened = openDatabase(options.folder, options.readOnly)
  if (!opened.ok) return opened
  const { db, settled, close } = opened.value
  const audit = auditOf(db, options)
  const inOne = db.transaction((write: () => unknown) => write())
  const store: Store = {
    drafts: draftsOf(db, options.now),
    checks: checksOf(db),
    profiles: profilesOf(db, options.now),
    jobs: jobsOf(db),
    secrets: secretsOf(db, options.now),
    mappings: mappingsOf(db, options.now),
    watches: watchesOf(db),
    certificates: certificatesOf(db, options.now),
    setUps: setUpsOf(db, options.now),
    callers: callersOf(db),
    exportResults: exportResultsOf(db),
    deviceLogs: deviceLogsIn(db, options.now),
    installation: installationIn(db, options.now),
    packs: packsOf(db, options.now),
    settings: settingsOf(db, options.now),
    returnedAudit: returnedAuditIn(db),
    audit,
    together: <T>(write: () => T) => inOne.immediate(write) as T,
    settled,
    slots: () => slotsIn(db),
    version: () => db.pragma('data_version', { simple: true }) as number,
    close
  }
  if (!options.readOnly) audit.append('store opened', { version: String(storeVersion) })
  return ok(store)
}
