// Problems are values: what went wrong, in words, with a remedy. A thrown error is a bug; a Problem is news.
import { z } from 'zod'
import { discoveryProblems } from './problems/discovery.ts'
import type { ProblemEntry, RetryRule } from './problems/entry.ts'
import { evidenceProblems } from './problems/evidence.ts'
import { exportProblems } from './problems/exports.ts'
import { fileProblems } from './problems/file.ts'
import { helloProblems } from './problems/hello.ts'
import { keyProblems } from './problems/keys.ts'
import { packProblems } from './problems/pack.ts'
import { removalProblems } from './problems/removal.ts'
import { roomProblems } from './problems/room.ts'
import { rowProblems } from './problems/row.ts'
import { secretProblems } from './problems/secrets.ts'
import { setUpProblems } from './problems/setUp.ts'
import { updateProblems } from './problems/updates.ts'
import { wireProblems } from './problems/wire.ts'
import { workProblems } from './problems/work.ts'

const table = {
  ...discoveryProblems,
  ...evidenceProblems,
  ...exportProblems,
  ...fileProblems,
  ...helloProblems,
  ...keyProblems,
  ...packProblems,
  ...roomProblems,
  ...removalProblems,
  ...rowProblems,
  ...secretProblems,
  ...setUpProblems,
  ...updateProblems,
  ...wireProblems,
  ...workProblems
} as const

/** Every stable problem code; the table is the catalogue that documents are generated from. */
export type ProblemCode = keyof typeof table

/** A thing gone wrong. All texts are safe to show: secrets are masked before a Problem is made. */
export interface Problem {
  readonly code: ProblemCode
  readonly title: string
  readonly meaning: string
  readonly remedy: string
  readonly retry: RetryRule
  /** Where it was seen, in words a technician can follow: "line 5, SMBIOS GUID". */
  readonly where?: string | undefined
  /** What was found, secrets masked, shortened. */
  readonly found?: string | undefined
  /** What was expected instead. */
  readonly expected?: string | undefined
  /** Raw detail for folding out: HTTP status, SOAP fault, system code. Never a secret. */
  readonly detail?: string | undefined
}

/** What a caller may add to the table's words. */
export interface ProblemFacts {
  readonly where?: string | undefined
  readonly found?: string | undefined
  readonly expected?: string | undefined
  readonly detail?: string | undefined
  /** Fills `{name}` placeholders of the table's texts. */
  readonly values?: Readonly<Record<string, string | number>>
}

/** A value or the Problem that took its place. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

const fill = (text: string, values: ProblemFacts['values']): string =>
  // Lists of 100,000 computers make as many Problems; most texts have nothing to fill in.
  text.includes('{') ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole)) : text

/** Makes the Problem of a code, its texts filled with the facts at hand. */
export function problem(code: ProblemCode, facts: ProblemFacts = {}): Problem {
  const entry: ProblemEntry = table[code]
  return {
    code,
    title: fill(entry.title, facts.values),
    meaning: fill(entry.meaning, facts.values),
    remedy: fill(entry.remedy, facts.values),
    retry: entry.retry,
    ...(facts.where !== undefined && { where: facts.where }),
    ...(facts.found !== undefined && { found: facts.found }),
    ...(facts.expected !== undefined && { expected: facts.expected }),
    ...(facts.detail !== undefined && { detail: facts.detail })
  }
}

/** The good half of a Result. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** The other half of a Result, straight from the table. */
export const fail = (code: ProblemCode, facts?: ProblemFacts): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem: problem(code, facts)
})

/** All codes, for checks at a border and for the generated catalogue. */
export const problemCodes = Object.keys(table) as [ProblemCode, ...ProblemCode[]]

/** A Problem at a border: from the store, or on its way to the page. */
export const problemSchema: z.ZodType<Problem> = z.object({
  code: z.enum(problemCodes),
  title: z.string(),
  meaning: z.string(),
  remedy: z.string(),
  retry: z.enum(['now', 'later', 'person', 'never']),
  where: z.string().optional(),
  found: z.string().optional(),
  expected: z.string().optional(),
  detail: z.string().optional()
})
