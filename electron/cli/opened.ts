// A core for one command: opened on the data folder, closed in order also when the command is interrupted.
import type { Problem } from '../../shared/problem.ts'
import type { Core, CoreOptions } from '../core.ts'
import { logOf } from '../log.ts'
import { openCore } from '../openCore.ts'
import { noVault, openVaults, type Vaults } from '../vault.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { printProblem } from './words.ts'

export interface CoreArguments {
  readonly folder: string
  readonly version: string
  readonly json: boolean
}

/** Under which name the keychain has the entries. */
export const service = 'AMT Migration Wizard'

/** The code for a Problem that kept a command from its work. */
export const exitFor = (problem: Problem): ExitCode =>
  problem.code === 'store-busy' ? exitCodes.busy : exitCodes.person

/** Says a Problem and answers its exit code. */
export function told(problem: Problem, json: boolean): ExitCode {
  printProblem(problem, json)
  return exitFor(problem)
}

/**
 * Works on the folder; exit code `busy` while another program does. Interrupted it first does what `work` gave to `leaving`,
 * then closes the core in order.
 */
export async function withCore(
  { folder, version, json }: CoreArguments,
  more: Pick<CoreOptions, 'practice' | 'resting'>,
  work: (core: Core, vaults: Vaults, leaving: (tidy: () => Promise<unknown>) => void) => Promise<ExitCode>
): Promise<ExitCode> {
  const log = logOf(folder)
  const vaults = await openVaults(service, log.secret)
  const runtime = `Node ${process.versions.node}`
  const opened = openCore({ folder, vaults, log, version, runtime, ...more })
  if (!opened.ok) return told(opened.problem, json)
  const core = opened.value
  let tidy = async (): Promise<unknown> => undefined
  const leave = (): void => {
    void tidy()
      .then(() => core.close())
      .finally(() => process.exit(130))
  }
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  try {
    return await work(core, vaults, (before) => {
      tidy = before
    })
  } finally {
    process.off('SIGINT', leave)
    process.off('SIGTERM', leave)
    await core.close()
  }
}

/** Looks at the folder, beside whoever works on it; the keychain is not touched. */
export async function lookingCore(
  { folder, version, json }: CoreArguments,
  work: (core: Core) => Promise<ExitCode> | ExitCode
): Promise<ExitCode> {
  // Only told about, never opened.
  const none = { ...noVault('the command line only looks'), words: 'Passwords are kept in the keychain.' }
  const vaults = { real: none, practice: none }
  const runtime = `Node ${process.versions.node}`
  const opened = openCore({ folder, vaults, log: logOf(folder), version, runtime, watching: true })
  if (!opened.ok) return told(opened.problem, json)
  try {
    return await work(opened.value)
  } finally {
    await opened.value.close()
  }
}
