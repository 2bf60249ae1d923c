// A row of a draft as it is kept in memory and on disk.
import { z } from 'zod'
import { type DeviceRead, deviceReadSchema } from '../../shared/amtStatus.ts'
import { type Field, fieldSchema, fields, type Severity, severitySchema } from '../../shared/computer.ts'
import { type Known, knownSchema } from '../../shared/grid.ts'
import { type Problem, type ProblemCode, problem, problemCodes, problemSchema } from '../../shared/problem.ts'

/** One thing to say about a row. `field` is null when it concerns the line as a whole. Where it is, the row knows. */
export interface Issue {
  readonly field: Field | null
  readonly severity: Severity
  readonly problem: Problem
}

export type Texts = Readonly<Record<Field, string>>

/** A row as it is kept, never altered: another one takes its place. What most rows have alike is one shared object. */
export interface KeptRow {
  /** Number within the draft, from 0. */
  readonly row: number
  /** Line in the file, from 1; 0 when it was typed in. */
  readonly line: number
  /** Name of the file it came from; '' when it was typed in. */
  readonly file: string
  /** Normalised texts; a secret field holds its slot. */
  readonly values: Texts
  /** Text (or slot) in the file, where another one is kept now. */
  readonly found: Readonly<Partial<Record<Field, string>>>
  readonly edited: readonly Field[]
  /** Fields that a person wants as the file writes them; jobs get the normalised text all the same. */
  readonly asFound: readonly Field[]
  readonly issues: readonly Issue[]
  readonly leftOut: boolean
  /** Automatic in-band provisioning: prevented by an exported file, and perhaps allowed again by a person. */
  readonly automatic: 'free' | 'prevented' | 'allowed'
  readonly known: Known
  readonly differs: readonly Field[]
  /** What its device said of itself in an earlier import. */
  readonly device?: DeviceRead
}

const none: readonly never[] = []
const nothing = {}
/** Written out, so that its copies are one object each. */
export const noTexts: Texts = {
  name: '',
  fqdn: '',
  guid: '',
  mac: '',
  mebxPassword: '',
  adminPassword: '',
  address: '',
  amtVersion: '',
  amtStatus: '',
  oneTimePassword: ''
}

/** A row without anything in it. */
export const emptyRow: KeptRow = {
  row: 0,
  line: 0,
  file: '',
  values: noTexts,
  found: nothing,
  edited: none,
  asFound: none,
  issues: none,
  leftOut: false,
  automatic: 'free',
  known: 'none',
  differs: none
}

const textsSchema = z.partialRecord(fieldSchema, z.string())
/** A Problem in the words of the table is stored by its code alone. */
const issueSchema = z.object({
  field: fieldSchema.nullable(),
  severity: severitySchema,
  problem: z.union([
    z.object({ code: z.enum(problemCodes), found: z.string().optional(), expected: z.string().optional() }).strict(),
    problemSchema
  ])
})
const storedSchema = z.object({
  line: z.number().int().nonnegative().optional(),
  file: z.string().optional(),
  values: textsSchema.optional(),
  found: textsSchema.optional(),
  edited: z.array(fieldSchema).optional(),
  asFound: z.array(fieldSchema).optional(),
  issues: z.array(issueSchema).optional(),
  leftOut: z.boolean().optional(),
  automatic: z.enum(['free', 'prevented', 'allowed']).optional(),
  known: knownSchema.optional(),
  differs: z.array(fieldSchema).optional(),
  device: deviceReadSchema.optional()
})

const plain = new Map<ProblemCode, Problem>()

/** The Problem of a code without any fact, made once. */
function plainOf(code: ProblemCode): Problem {
  const known = plain.get(code) ?? problem(code)
  plain.set(code, known)
  return known
}

function storedProblem(found: Problem): unknown {
  const { title, meaning, remedy } = plainOf(found.code)
  const usual = title === found.title && meaning === found.meaning && remedy === found.remedy
  return usual && found.detail === undefined
    ? { code: found.code, found: found.found, expected: found.expected }
    : found
}

const restoredIssue = ({ field, severity, problem: kept }: z.infer<typeof issueSchema>): Issue => ({
  field,
  severity,
  problem: 'title' in kept ? kept : problem(kept.code, kept)
})

/** As it stands on disk: only what differs from an empty row, so that a usual row is short. */
export function stored(row: KeptRow): string {
  const { values } = row
  const given: Partial<Record<Field, string>> = {}
  for (const field of fields) if (values[field] !== '') given[field] = values[field]
  return JSON.stringify({
    line: row.line || undefined,
    file: row.file || undefined,
    values: given,
    found: Object.keys(row.found).length > 0 ? row.found : undefined,
    edited: row.edited.length > 0 ? row.edited : undefined,
    asFound: row.asFound.length > 0 ? row.asFound : undefined,
    issues:
      row.issues.length > 0 ? row.issues.map((one) => ({ ...one, problem: storedProblem(one.problem) })) : undefined,
    leftOut: row.leftOut || undefined,
    automatic: row.automatic === 'free' ? undefined : row.automatic,
    known: row.known === 'none' ? undefined : row.known,
    differs: row.differs.length > 0 ? row.differs : undefined,
    device: row.device
  })
}

/** Back from disk. `files` holds one string for the name of each file, however many rows came from it. */
export function restored(row: number, body: string, files: Map<string, string>): KeptRow {
  const read = storedSchema.parse(JSON.parse(body))
  const file = read.file ?? ''
  if (!files.has(file)) files.set(file, file)
  const { line = 0, found = nothing, edited = none, asFound = none, issues, differs = none } = read
  return {
    row,
    line,
    file: files.get(file) ?? file,
    values: { ...noTexts, ...read.values },
    found,
    edited,
    asFound,
    issues: issues?.map(restoredIssue) ?? none,
    leftOut: read.leftOut ?? false,
    automatic: read.automatic ?? 'free',
    known: read.known ?? 'none',
    differs,
    ...(read.device && { device: read.device })
  }
}
