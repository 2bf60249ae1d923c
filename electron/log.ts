// The diagnostic log: one JSON line a happening, secrets struck out by value and by the name they stand under. Never the audit.
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { tame } from '../shared/tame.ts'
import { type Clock, systemClock } from './clock.ts'
import { formsOf, redactText, struckOut } from './wsman/redact.ts'

export interface Log {
  /** Writes one line; texts are redacted first. */
  write(what: string, facts?: Readonly<Record<string, unknown>>): void
  /** From now on this text is struck out wherever it would appear. */
  secret(text: string): void
  /** The text with every known secret struck out, and what stands under the name of one. */
  redact(text: string): string
}

const bigEnough = 5_000_000

/** Opens `diagnostic.log` in the folder; it rolls over once at 5 MB. Without a folder nothing is written. */
export function openLog(folder: string | undefined, now: () => number): Log {
  // As they are: a list brings a hundred thousand, and most programs end without a line in which one has to be looked for.
  const secrets = new Set<string>()
  const file = folder === undefined ? undefined : join(folder, 'diagnostic.log')
  function redact(text: string): string {
    const held: string[] = []
    for (const secret of secrets) {
      for (const form of formsOf(secret)) if (text.includes(form)) held.push(form)
    }
    let clean = text
    // Longest first: a secret that begins like another one must not leave its rest behind.
    for (const form of held.sort((a, b) => b.length - a.length)) clean = clean.replaceAll(form, struckOut)
    return redactText(clean)
  }

  function write(what: string, facts: Readonly<Record<string, unknown>> = {}): void {
    if (file === undefined) return
    // JSON escapes what breaks a line of JSON; what breaks one on a screen is tamed.
    const line = tame(redact(JSON.stringify({ at: new Date(now()).toISOString(), what, ...facts })))
    try {
      if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > bigEnough) renameSync(file, `${file}.1`)
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
    } catch {
      // A full disk must not stop a take-over: the audit has its own Problem for that, this log is best effort.
    }
  }

  return {
    write,
    redact,
    secret(text) {
      if (text.length >= 4) secrets.add(text)
    }
  }
}

/** The log of a data folder. */
export const logOf = (folder: string, clock: Clock = systemClock): Log =>
  openLog(join(folder, 'logs'), () => clock.now())
