// One store: the tables of a data folder, with one way to write several things together.
import type { AuditKind } from '../../shared/audit.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { type Audit, auditOf } from './audit.ts'
import { type Certificates, certificatesOf } from './certificates.ts'
import { type Checks, checksOf } from './checks.ts'
import { openDatabase, storeVersion } from './database.ts'
import { type Drafts, draftsOf } from './drafts.ts'
import { type Jobs, jobsOf } from './jobs.ts'
import { type Mappings, mappingsOf } from './mappings.ts'
import { type Profiles, profilesOf } from './profiles.ts'
import { type Secrets, secretsOf } from './secrets.ts'
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
  readonly audit: Audit
  /** All or nothing, on disk when it returns. */
  together<T>(write: () => T): T
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
  const { db, close } = opened.value
  const audit = auditOf(db, options)
  const store: Store = {
    drafts: draftsOf(db, options.now),
    checks: checksOf(db),
    profiles: profilesOf(db, options.now),
    jobs: jobsOf(db),
    secrets: secretsOf(db, options.now),
    mappings: mappingsOf(db, options.now),
    watches: watchesOf(db),
    certificates: certificatesOf(db, options.now),
    audit,
    together: (write) => db.transaction(write).immediate(),
    version: () => db.pragma('data_version', { simple: true }) as number,
    close
  }
  if (!options.readOnly) audit.append('store opened', { version: String(storeVersion) })
  return ok(store)
}
