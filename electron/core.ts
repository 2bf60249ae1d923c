import type { AuditKind } from '../shared/audit.ts'
import type { Import, Snapshot } from '../shared/contract/views.ts'
import type { Draft } from '../shared/draft.ts'
import type { Job } from '../shared/job.ts'
import type { Result } from '../shared/problem.ts'
import type { Offset } from '../shared/schedule/openings.ts'
import type { Checking } from './checking.ts'
import type { Clock } from './clock.ts'
import type { Discovering } from './discovering.ts'
import type { Drafting, Progress, ReadingHead } from './drafting/drafting.ts'
import type { Auditing } from './evidence/auditing.ts'
import type { Bundle } from './evidence/bundle.ts'
import type { SecretSheet } from './evidence/passwords.ts'
import type { Exporting } from './exporting.ts'
import type { GuidReading } from './guidReading.ts'
import type { HelloCall, HelloRoom } from './hello.ts'
import type { Imports } from './imports.ts'
import type { InstallationKey } from './installation.ts'
import type { Log } from './log.ts'
import type { OutOfBand } from './outOfBand.ts'
import type { Packs } from './packs/packs.ts'
import type { Planner } from './planning.ts'
import type { Practice } from './practice.ts'
import type { Profiles } from './profiles.ts'
import type { Pace, Tools } from './provision/attempt.ts'
import type { Disturbance } from './provision/ground.ts'
import type { MeansOf } from './setup/means.ts'
import type { Signing } from './signing.ts'
import type { Store } from './store/store.ts'
import type { Vaults } from './vault.ts'

export interface CoreOptions {
  /** Everything that is written goes into this folder. */
  readonly folder: string
  readonly vaults: Vaults
  readonly log: Log
  readonly version: string
  readonly runtime: string
  readonly clock?: Clock
  /** The zone that change windows are meant in; the computer's own when absent. */
  readonly offset?: Offset
  /** A practice fleet that runs elsewhere; the own one is started when it is first needed. */
  readonly practice?: Practice
  readonly paces?: { readonly real: Pace; readonly practice: Pace }
  /** How devices are opened; tests stand between here. */
  readonly openDevice?: Tools['openDevice']
  /** Another program works on the folder: only look. */
  readonly watching?: boolean
  /** Only dry runs: what an interrupted import still has to do stays undone. */
  readonly resting?: boolean
  /** Hears the kind of each audit entry as it is written. */
  readonly watch?: (kind: AuditKind) => void
  /** Where hellos of real computers are listened for when a job waits for one; all addresses and AMT's port when absent. */
  readonly helloPlace?: { readonly address: string; readonly port: number }
  /** The networks this computer is on, as one text; its own interfaces when absent. */
  readonly networks?: () => string
  /** What others see this installation as, until it is named; the host's name when absent. */
  readonly hostName?: string
  /** log2 of scrypt's N for packs. */
  readonly packCost?: number
}

export interface Core {
  readonly watching: boolean
  readonly store: Store
  readonly drafting: Drafting
  readonly imports: Imports
  readonly checking: Checking
  readonly discovering: Discovering
  readonly guidReading: GuidReading
  readonly exporting: Exporting
  readonly profiles: Profiles
  readonly planner: Planner
  readonly signing: Signing
  readonly outOfBand: OutOfBand
  /** What computers are set up with, for each kind. */
  readonly means: { readonly real: MeansOf; readonly practice: MeansOf }
  readonly hello: HelloRoom
  readonly packs: Packs
  readonly log: Log
  /** The key by which this installation signs; made when it is first asked for. Problems of the keychain. */
  installation(): Promise<Result<InstallationKey>>
  readonly auditing: Auditing
  /** An encrypted sheet of what opens the computers of an import. */
  secretSheet(importId: string, passphrase: string): Promise<Result<SecretSheet>>
  /** Logs, versions, settings, problems and counts in one zip. Problem: bundle-holds-secret. */
  supportBundle(): Promise<Result<Bundle>>
  /** A draft for the practice fleet comes with its accounts, and finds the fleet as on the first day. */
  beginDraft(practice: boolean): Promise<Result<Draft>>
  practice(): Promise<Practice>
  snapshot(): Snapshot
  /** Reads one class from a job's device; changes nothing. */
  look(importId: string, jobId: string, name: string, operation: 'get' | 'enumerate'): Promise<Result<{ text: string }>>
  /** Puts back what can be put back on a job's device. */
  undo(importId: string, jobId: string): Promise<Result<Import>>
  /** The laptop slept, or changed networks. */
  disturbed(what: Disturbance): void
  /** Begins nothing on real computers until told null; the words are shown. */
  holdBack(words: string | null): void
  /** Whether any job is at work or waits for its turn or its time; those asleep keep nobody awake. */
  isBusy(): boolean
  /** Takes up what was running when the program last ended. */
  goOn(): Promise<void>
  /** Hears each change of a job; returns the function that ends it. */
  onJob(hear: (job: Job) => void): () => void
  onImport(hear: (importId: string) => void): () => void
  /** Hears how far the reading of a file is. */
  onReading(hear: (progress: Progress) => void): () => void
  /** Hears what a file begins with, while it is being read. */
  onHead(hear: (head: ReadingHead) => void): () => void
  /** Hears of each result of a dry run, and of its end. */
  onCheck(hear: (draftId: string) => void): () => void
  /** Hears each hello as it comes. */
  onCall(hear: (call: HelloCall) => void): () => void
  /** Hears, at most twice a second, that somebody called or the listener changed. */
  onHello(hear: () => void): () => void
  /** Hears that a search of the network went on, and of its end. */
  onSearch(hear: (draftId: string) => void): () => void
  /** Lets current steps end, then closes everything. */
  close(): Promise<void>
}
