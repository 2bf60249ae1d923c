// One try at one job: what it was given, and what it has found out so far.

import type { Difference } from '../../shared/change.ts'
import type { Computer } from '../../shared/computer.ts'
import type { Facts, Job } from '../../shared/job.ts'
import type { Result } from '../../shared/problem.ts'
import type { StepName } from '../../shared/steps.ts'
import type { Clock } from '../clock.ts'
import type { Authority } from '../setup/authority.ts'
import type { Entry, MeansOf } from '../setup/means.ts'
import type { ImportPlan } from '../store/importPlan.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import type { Device, Endpoint, Identity, openDevice } from '../wsman/client.ts'

/** Waits and bounds of a take-over, in milliseconds. Practice uses shorter ones. */
export interface Pace {
  /** Between two passwords tried on one device: serious clients wait 20 s (wsman.md 1, lock-out). */
  readonly betweenTries: number
  /** Within this time at most `maxTries` failed logins on one device, across restarts. */
  readonly tryWindow: number
  /** After CommitChanges the firmware's network stack restarts (wsman.md 8.5). */
  readonly settle: number
  /** Before the next automatic attempt, by number of attempts so far; the last value repeats. */
  readonly backoff: readonly number[]
  /** Automatic attempts before a person is asked. */
  readonly attempts: number
  /** AMT clock may be off by this many seconds before it is set. */
  readonly drift: number
  readonly connect: number
  readonly answer: number
  /** Before a device busy making its keys is asked again (wsman.md 8.7). */
  readonly keyPause: number
  /** Jobs side by side; on one device there is always one. */
  readonly parallel: number
}

export const realPace: Pace = {
  betweenTries: 20_000,
  tryWindow: 600_000,
  settle: 5_000,
  backoff: [15_000, 60_000],
  attempts: 3,
  drift: 10,
  connect: 8_000,
  answer: 45_000,
  keyPause: 10_000,
  parallel: 8
}

export const practicePace: Pace = {
  betweenTries: 250,
  tryWindow: 10_000,
  settle: 200,
  backoff: [700, 1_500],
  attempts: 3,
  drift: 10,
  connect: 1_000,
  answer: 4_000,
  keyPause: 300,
  parallel: 8
}

/** Where a computer's device may be found. */
export interface Location {
  readonly host: string
  readonly ports: { readonly tls?: number | undefined; readonly plain?: number | undefined }
}

/** The account that was accepted, and under which slot its password lies. */
export interface Login {
  readonly username: string
  readonly password: string
  readonly slot: string
  /** "the password of the row", "account admin (old manager)": for people and audit. */
  readonly origin: string
}

/** What every attempt of a run shares. */
export interface Tools {
  readonly store: Store
  readonly vault: Vault
  /** The wizard's own, for devices of this kind. */
  readonly authority: Authority
  /** What devices of this kind are set up with. */
  readonly means: MeansOf
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
  readonly pace: Pace
  readonly locate: (computer: Computer) => Result<Location>
  /** How a device is opened; a parameter so that tests can stand between. */
  readonly openDevice: typeof openDevice
}

export interface Attempt {
  readonly tools: Tools
  readonly job: Job
  readonly plan: ImportPlan
  readonly signal: AbortSignal
  /** Filled in by the steps, in their order. */
  found: {
    endpoint?: Endpoint
    identity?: Identity
    device?: Device
    login?: Login
    realm?: string
    committed?: boolean
    verified?: boolean
    identityConfirmed?: boolean
    stateRead?: boolean
    /** Whether the certificate store has room for what the profile adds, gets it by clearing first, or is tried without. */
    room?: 'enough' | 'to be made' | 'beyond'
    /** Who rules the device: admin control is everything, client control leaves the consent to the person in front of it. */
    controlMode?: 'admin' | 'client'
    /** 0 before, 1 in, 2 after setup. */
    provisioningState?: number
    /** By what a device in set-up lets us in; absent once it is set up, and for every device that is. */
    entry?: Entry
    /** MEBx password and first admin password were sent in this attempt. */
    mebxSent?: boolean
    passwordSent?: boolean
    /** The commit changes where and how the device is reached. */
    moves?: boolean
    /** SHA-256 of the certificate that it will show from the commit on. */
    expects?: string
    /** The device said that its provisioning is gone. */
    removed?: boolean
    /** How each setting differed when it was last looked at. */
    differences?: Partial<Record<StepName, readonly Difference[]>>
  }
  facts: Facts
  /** The step it is at; undefined before the first. */
  step?: StepName
}

/** One thing to make true on a device: is it so? if not, make it so; is it so now? */
export interface Step {
  readonly name: StepName
  /** Steps that change the device have their intent audited first. */
  readonly writes: boolean
  /** Whether there is anything for it to do; always, where it does not say. */
  applies?(attempt: Attempt): boolean
  isDone(attempt: Attempt): Promise<Result<boolean>>
  makeSo(attempt: Attempt): Promise<Result<null>>
  /** What would be changed, in words without secrets; asked only of steps that write, before makeSo. */
  what(attempt: Attempt): string
  /** The same value by value, where a setting is changed: noted as before and after. */
  differences?(attempt: Attempt): readonly Difference[]
}

/** Who an audit entry of a job is about. */
export const about = (job: Job) => ({ importId: job.importId, jobId: job.id, computer: job.computer.name })
